import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { Tier } from '../../model/topology/topology.ts';
import type { UpOptions } from '../backend.ts';
import { localConfig } from './config.ts';
import { createLocalBackend } from './local-backend.ts';
import { isListening } from './ports.ts';
import { query } from './probes.ts';
import { stackPaths } from './stack-paths.ts';
import {
  fixture,
  fixtureApplications,
  locksOf,
  processesOf,
  removeHome,
  shopTopology,
  testConfig,
} from './testing/test-home.ts';

const config = testConfig({ first: 28_496, end: 28_992 });
const backend = createLocalBackend(config);
const rows = { seed: 7, products: 1, users: 1 };
const options: UpOptions = { name: 'shop', ...rows };

afterEach(async () => {
  for (const name of backend.names()) await backend.down(name);
  const remains = [...processesOf(config.home), ...locksOf(config.home)];
  if (remains.length > 0) throw new Error(`left after the test: ${remains.join(', ')}`);
});

afterAll(() => removeHome(config));

describe('up', () => {
  test('starts every tier, and down leaves nothing', async () => {
    const stack = await backend.up(shopTopology(2), options);
    expect(stack.processes.map(({ id }) => id).toSorted()).toEqual(['app-1', 'app-2', 'cache-1', 'db-1', 'lb-1']);
    expect((await fetch(`${stack.base_url}/health`)).status).toBe(200);
    const status = await backend.status('shop');
    expect(status?.processes.filter(({ alive, healthy }) => !alive || !healthy)).toEqual([]);
    expect(status?.processes.every(({ memory_bytes }) => memory_bytes > 1_000_000)).toBe(true);

    const report = await backend.down('shop');
    expect(report.left).toEqual([]);
    expect(report.stopped[0]).toBe('lb-1');
    expect(await Promise.all(stack.processes.map(({ port }) => isListening(port)))).not.toContain(true);
    expect(await backend.down('shop')).toEqual({ stopped: [], left: [] });
    expect(await backend.status('shop')).toBeNull();
  });

  test('keeps the data of each application apart', async () => {
    const shortener = { ...shopTopology(1), application: 'url-shortener' };
    for (const topology of [shopTopology(1), shortener]) {
      await backend.up(topology, { ...options, name: 'taken' });
      await backend.down('taken');
    }
    const { data, dir } = stackPaths(config.home, 'taken');
    const kept = readdirSync(data)
      .toSorted()
      .map((name) => [name, readdirSync(join(data, name)).includes('db-1')]);
    expect(kept).toEqual([
      ['shop', true],
      ['url-shortener', true],
    ]);
    await backend.down('taken', { purge: true });
    expect(existsSync(dir)).toBe(false);
  });

  test('keeps the data for the next time, until they are purged', async () => {
    await backend.up(shopTopology(1), { ...options, name: 'kept' });
    await backend.down('kept');
    await backend.up(shopTopology(2), { ...options, name: 'kept' });
    const url = backend.connections('kept')?.postgres['db-1'] ?? '';
    expect(await query(url, 'select 1 from seedings')).toHaveLength(2);
    await backend.down('kept', { purge: true });
    expect(existsSync(stackPaths(config.home, 'kept').dir)).toBe(false);
  });

  test('writes feeds and keeps secrets to their owner', async () => {
    const stack = await backend.up(shopTopology(1), options);
    expect(readFileSync(join(stack.feeds_dir, 'users.tsv'), 'utf8')).toBe('seed\n7\n');
    expect(statSync(stackPaths(config.home, 'shop').secrets).mode & 0o777).toBe(0o600);
  });

  test('two stacks run side by side', async () => {
    const [one, two] = await Promise.all([
      backend.up(shopTopology(1), options),
      backend.up(shopTopology(2), { ...options, name: 'other' }),
    ]);
    const ports = [...one.processes, ...two.processes].map(({ port }) => port);
    expect(new Set(ports).size).toBe(ports.length);
    await backend.down('shop');
    expect((await fetch(`${two.base_url}/health`)).status).toBe(200);
  });

  test('refuses a stack that is up already', async () => {
    await backend.up(shopTopology(1), options);
    await expect(backend.up(shopTopology(1), options)).rejects.toThrow('already up');
    expect((await backend.status('shop'))?.processes.every(({ healthy }) => healthy)).toBe(true);
  });

  test('spreads requests over all instances and counts them', async () => {
    const stack = await backend.up(shopTopology(1, 3), options);
    const answers = Array.from({ length: 9 }, async () => (await fetch(`${stack.base_url}/api/v1/whoami`)).text());
    expect(new Set(await Promise.all(answers)).size).toBe(3);
    const balancer = stack.processes.find(({ tier }) => tier === 'lb');
    expect(await (await fetch(balancer?.metrics_url ?? '')).text()).toMatch(/Active connections/);
    expect((await fetch(`${stack.base_url}/status`)).status).toBe(404);
    const closed = await fetch(`${stack.base_url}/metrics`);
    expect([closed.status, closed.headers.get('content-type')]).toEqual([404, 'application/json']);
    expect(await closed.json()).toEqual({ error: { code: 'NOT_FOUND', message: 'no such route' } });
  });
});

test('runs the reference application', async () => {
  const { applications } = localConfig();
  const real = createLocalBackend({ ...config, applications });
  const stack = await real.up(shopTopology(2), { name: 'real', seed: 7, products: 50, users: 5 });
  expect((await fetch(`${stack.base_url}/api/v1/products/1`)).status).toBe(200);
  expect(readFileSync(join(stack.feeds_dir, 'users.tsv'), 'utf8').trim().split('\n')).toHaveLength(6);
  const app = stack.processes.find(({ id }) => id === 'app-1');
  expect(await (await fetch(app?.metrics_url ?? '')).text()).toContain('shop_database_queries_total');
});

describe('what goes wrong', () => {
  test('a missing program is named, with how to get it, and nothing is started', async () => {
    const without = createLocalBackend({ ...config, programFolders: ['/nonexistent'] });
    await expect(without.up(shopTopology(2), options)).rejects.toMatchObject({
      message: expect.stringContaining('`redis-server`'),
      help: expect.stringContaining('apt-get install'),
    });
  });

  test('a tier that dies while starting is reported with its last words, and all others are taken down', async () => {
    const entry = join(config.home, 'dying.ts');
    writeFileSync(entry, 'console.error("cannot go on"); process.exit(9);\n');
    const dying = createLocalBackend({ ...config, applications: fixtureApplications({ app: entry }) });
    await expect(dying.up(shopTopology(2), options)).rejects.toThrow(/tier `app`.*exit code 9[^]*cannot go on/);
    expect(await backend.status('shop')).toBeNull();
    expect(processesOf(config.home)).toEqual([]);
  });

  test('a failing seeder is reported with its last words', async () => {
    const entry = join(config.home, 'no-seed.ts');
    writeFileSync(entry, 'throw new Error("no rows today");\n');
    const failing = createLocalBackend({ ...config, applications: fixtureApplications({ seed: entry }) });
    await expect(failing.up(shopTopology(1), options)).rejects.toThrow(/seed failed[^]*no rows today/);
  });

  test('a setting that cannot be is refused before anything starts', async () => {
    const { tiers, ...rest } = shopTopology(2);
    const wrong = tiers.map((tier): Tier =>
      tier.kind === 'redis' ? { ...tier, settings: { eviction: 'none' } } : tier,
    );
    await expect(backend.up({ ...rest, tiers: wrong }, options)).rejects.toThrow('setting `eviction` of tier `cache`');
  });

  test('an interrupted start leaves nothing', async () => {
    const interrupt = new AbortController();
    const onProgress = (message: string): void => {
      if (message.includes('express')) interrupt.abort();
    };
    const start = backend.up(shopTopology(2), { ...options, signal: interrupt.signal, onProgress });
    await expect(start).rejects.toThrow('the start of `shop` was interrupted');
    expect(processesOf(config.home)).toEqual([]);
    expect(await backend.status('shop')).toBeNull();
  });

  test('a process that ends later is seen by status, and down still ends the rest', async () => {
    const stack = await backend.up(shopTopology(1), options);
    const app = stack.processes.find(({ id }) => id === 'app-2');
    process.kill(app?.pid ?? 0, 'SIGKILL');
    await expect.poll(async () => statusOf('app-2')).toMatchObject({ alive: false, healthy: false });
    expect((await fetch(`${stack.base_url}/health`)).status).toBe(200);
    process.kill(stack.processes.find(({ id }) => id === 'app-1')?.pid ?? 0, 'SIGKILL');
    await expect.poll(async () => statusOf('app-1')).toMatchObject({ alive: false });
    const nobody = await fetch(`${stack.base_url}/health`);
    expect([nobody.status, nobody.headers.get('retry-after')]).toEqual([502, '1']);
    expect(await nobody.json()).toMatchObject({ error: { code: 'UNAVAILABLE' } });
    expect((await backend.down('shop')).left).toEqual([]);
  });
});

describe('ports', () => {
  test('a block with a port that somebody else has is left out', async () => {
    const foreign = createServer();
    await new Promise<void>((resolve) => foreign.listen(config.ports.first + 1, '127.0.0.1', resolve));
    try {
      const stack = await backend.up(shopTopology(1), options);
      expect(Math.min(...stack.processes.map(({ port }) => port))).toBeGreaterThanOrEqual(config.ports.first + 16);
    } finally {
      foreign.close();
    }
  });

  test('a port that is taken after its verification moves the stack to another block', async () => {
    // The first application started takes the balancer's port, which comes before its own.
    const entry = join(config.home, 'grabbing.ts');
    const mark = join(stackPaths(config.home, 'shop').feeds, 'grabbed');
    writeFileSync(
      entry,
      `import { existsSync, writeFileSync } from 'node:fs';
       import { createServer } from 'node:net';
       if (!existsSync('${mark}') && process.env.INSTANCE_ID === 'app-1') {
         writeFileSync('${mark}', '');
         createServer().listen(Number(process.env.PORT) - 2, '127.0.0.1');
       }
       await import('${fixture('fixture-app.ts')}');\n`,
    );
    const messages: string[] = [];
    const grabbing = createLocalBackend({ ...config, applications: fixtureApplications({ app: entry }) });
    const stack = await grabbing.up(shopTopology(1), { ...options, onProgress: (message) => messages.push(message) });
    expect(messages).toContain('a port was taken meanwhile; trying another block');
    expect((await fetch(`${stack.base_url}/health`)).status).toBe(200);
  });
});

async function statusOf(id: string): Promise<unknown> {
  return (await backend.status('shop'))?.processes.find((process) => process.id === id);
}
