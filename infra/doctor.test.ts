import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { cleanLeftovers, examine } from './doctor.ts';
import { bootId, ownIdentity } from './local/identity.ts';
import { ManifestBook } from './local/manifest.ts';
import type { Manifest } from './local/manifest.ts';
import { stackPaths } from './local/stack-paths.ts';
import { removeHome, shopTopology, testConfig } from './local/testing/test-home.ts';

const config = testConfig({ first: 29_200, end: 29_232 });
const paths = stackPaths(config.home, 'old');
afterAll(() => removeHome(config));

test('names every program with its version, and changes nothing', () => {
  const facts = new Map(examine(config).map((fact) => [fact.name, fact]));
  expect(facts.get('node')?.detail).toContain(process.versions.node);
  for (const program of ['postgres', 'initdb', 'redis-server', 'nginx', 'haproxy', 'patroni', 'etcd']) {
    expect(facts.get(program)).toMatchObject({ status: 'ok', detail: expect.stringMatching(/^\d+\.\d+.* at \//) });
  }
  expect(facts.get('rabbitmq-server')).toMatchObject({ status: 'ok', detail: expect.stringContaining('sbin') });
  expect(facts.get('leftovers')).toMatchObject({ status: 'ok', detail: 'none' });
  expect(existsSync(join(config.home, 'stacks'))).toBe(false);
});

test('a missing program comes with how to get it', () => {
  const fact = examine({ ...config, programFolders: ['/nonexistent'] }).find(({ name }) => name === 'nginx');
  expect(fact).toMatchObject({ status: 'missing', help: expect.stringContaining('apt-get install nginx') });
});

test('a stack from before the last boot is only a manifest: nothing is signalled', async () => {
  // Its process is this one by pid and start, but of another boot.
  write({ boot_id: 'another', state: 'ready', processes: [selfAsProcess()] });
  expect(leftovers()).toEqual(['stack `old` is marked as up but none of its processes runs']);
  expect((await cleanLeftovers(config)).left).toEqual([]);
  expect(leftovers()).toEqual(['none']);
});

test('a recycled pid in a half-way manifest is never signalled', async () => {
  const self = selfAsProcess();
  write({ state: 'starting', processes: [{ ...self, start_ticks: self.start_ticks - 1 }] });
  expect(await cleanLeftovers(config)).toEqual({ cleaned: ['stack `old` was left while starting'], left: [] });
  expect(existsSync(paths.manifest)).toBe(false);
});

test('a stack that is up is no leftover', async () => {
  write({ state: 'ready', processes: [selfAsProcess()] });
  expect(leftovers()).toEqual(['none']);
  expect(await cleanLeftovers(config)).toEqual({ cleaned: [], left: [] });
  expect(existsSync(paths.manifest)).toBe(true);
});

test('a damaged manifest is reported and removed', async () => {
  writeFileSync(paths.manifest, '{ "formatVersion": 1,');
  expect(leftovers()).toEqual(['the manifest of stack `old` is damaged']);
  await cleanLeftovers(config);
  expect(leftovers()).toEqual(['none']);
});

function leftovers(): string[] {
  return examine(config)
    .filter(({ name }) => name === 'leftovers')
    .map(({ detail }) => detail);
}

function selfAsProcess(): Manifest['processes'][number] {
  return {
    ...ownIdentity(),
    id: 'app-1',
    tier: 'app',
    role: 'app',
    port: 0,
    executable: process.execPath,
    user: 'own',
    log: '',
    stop: [],
  };
}

function write(change: Partial<Manifest>): void {
  mkdirSync(dirname(paths.manifest), { recursive: true });
  const manifest = new ManifestBook(paths.manifest, {
    formatVersion: 1,
    name: 'old',
    id: 'id',
    boot_id: bootId(),
    state: 'ready',
    starter: ownIdentity(),
    topology: shopTopology(1),
    rows: { seed: 1, products: 1, users: 1 },
    base_url: 'http://127.0.0.1:29200',
    feeds_dir: paths.feeds,
    ports: { first: 29_200, count: 16 },
    processes: [],
  });
  manifest.update(change);
}
