import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Tier, Topology } from '../../model/topology/topology.ts';
import { StackError } from '../backend.ts';
import { APPLICATIONS } from '../local/applications.ts';
import { localConfig } from '../local/config.ts';
import { shopTopology, withTier } from '../local/testing/test-home.ts';
import { createComposeBackend } from './compose-backend.ts';
import { fakeDocker, SOUND } from './testing/fake-docker.ts';
import type { Answers } from './testing/fake-docker.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'shop-plan-compose-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const OPTIONS = { name: 'boxed', seed: 1, products: 1_000, users: 100 };

/** The shop, whose final check passes unless it is told otherwise. */
function backendWith(answers: Answers, roundTrip: () => Promise<void> = () => Promise.resolve()) {
  const shop = APPLICATIONS['shop'];
  if (shop === undefined) throw new Error('there is no shop');
  const docker = fakeDocker(home, { ...SOUND, ...answers });
  const local = localConfig({ home, applications: { shop: { ...shop, roundTrip } } });
  return { docker, backend: createComposeBackend({ local, docker: docker.path }) };
}

const container = (service: string, state: string, health: string): string =>
  `${JSON.stringify({ Service: service, State: state, Health: health, ExitCode: 0, Image: 'x' })}\n`;
const project = (): string => join(home, 'compose/boxed');

test('a stack is built, started, waited for and checked; its secrets stay in one file', async () => {
  const { docker, backend } = backendWith({});
  const stack = await backend.up(shopTopology(2), OPTIONS);
  expect(docker.calls()).toEqual([
    'compose version --short',
    'version --format {{.Server.Version}}',
    'compose up --detach --build --wait --wait-timeout 900',
  ]);
  const secrets = readFileSync(join(project(), '.env'), 'utf8');
  expect(stack).toMatchObject({ name: 'boxed', plan: 'amazon-shop', step: 2, feeds_dir: join(project(), 'feeds') });
  expect(stack.base_url).toBe(`http://127.0.0.1:${/^ENTRY_PORT=(\d+)$/m.exec(secrets)?.[1]}`);
  expect(stack.processes.map(({ id }) => id)).toEqual(['lb-1', 'app-1', 'app-2', 'db-1', 'db-seed', 'cache-1']);
  expect(statSync(join(project(), '.env')).mode & 0o777).toBe(0o600);
  const password = /^DATABASE_PASSWORD=(\w{48})$/m.exec(secrets)?.[1] ?? 'none';
  expect(readFileSync(join(project(), 'compose.yaml'), 'utf8')).not.toContain(password);
});

test('secrets outlive a stack, as the data do', async () => {
  const { backend } = backendWith({});
  const jwt = (): string | undefined => /^JWT_SECRET=.*$/m.exec(readFileSync(join(project(), '.env'), 'utf8'))?.[0];
  await backend.up(shopTopology(1), OPTIONS);
  const before = jwt();
  await backend.down('boxed');
  await backend.up(shopTopology(2), OPTIONS);
  expect(jwt()).toBe(before);
});

test.each<[string, Answers, string]>([
  ['no plugin', { 'compose version': { code: 125, err: 'unknown' } }, '`docker` has no compose plugin'],
  ['an old plugin', { 'compose version': { out: 'v2.6.1' } }, 'version v2.6.1, which is older than 2.7'],
  ['no engine', { version: { code: 1, err: 'Cannot connect' } }, 'no Docker engine answers (Cannot connect)'],
])('%s is said before anything is written', async (_, answers, message) => {
  const { docker, backend } = backendWith(answers);
  const failure = await backend.up(shopTopology(1), OPTIONS).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(StackError);
  expect(failure).toMatchObject({
    message: expect.stringContaining(message),
    help: expect.stringContaining('install'),
  });
  expect(docker.calls()).toHaveLength(2);
  expect(existsSync(project())).toBe(false);
});

test('a docker command that is not there is said', async () => {
  const backend = createComposeBackend({ local: localConfig({ home }), docker: join(home, 'no-docker') });
  await expect(backend.up(shopTopology(1), OPTIONS)).rejects.toThrow(/there is no `.*no-docker` command/);
});

test.each<[string, Answers, (() => Promise<void>) | undefined, string]>([
  [
    'containers that do not become well',
    { 'compose up': { code: 1, err: 'db-1 is unhealthy' } },
    undefined,
    'db-1 is unhealthy',
  ],
  ['a final check that fails', {}, () => Promise.reject(new StackError('no cart')), 'no cart'],
])('%s are taken down again', async (_, answers, roundTrip, message) => {
  const { docker, backend } = backendWith(answers, roundTrip);
  await expect(backend.up(shopTopology(1), OPTIONS)).rejects.toThrow(message);
  expect(docker.calls().at(-1)).toBe('compose down --remove-orphans');
});

test('an interrupted start takes down what it started', async () => {
  const interrupt = new AbortController();
  const { docker, backend } = backendWith({}, () => {
    interrupt.abort();
    return Promise.reject(new Error('aborted'));
  });
  const start = backend.up(shopTopology(1), { ...OPTIONS, signal: interrupt.signal });
  await expect(start).rejects.toThrow('the start of `boxed` was interrupted');
  expect(docker.calls().at(-1)).toBe('compose down --remove-orphans');
});

test('containers that run are not started over', async () => {
  const { backend } = backendWith({ 'compose ps': { out: container('app-1', 'running', 'healthy') } });
  await backend.up(shopTopology(1), OPTIONS);
  await expect(backend.up(shopTopology(1), OPTIONS)).rejects.toThrow('stack `boxed` is already up');
});

test('status tells who is well, who is not and who is gone; a task that has ended is none of them', async () => {
  const out = [
    container('lb-1', 'running', 'healthy'),
    container('app-1', 'running', 'unhealthy'),
    container('app-2', 'restarting', ''),
    container('db-seed', 'exited', ''),
  ].join('');
  const { backend } = backendWith({ 'compose ps': { out } });
  await backend.up(shopTopology(1), OPTIONS);
  const status = await backend.status('boxed');
  expect(status?.processes.map(({ id, alive, healthy, detail }) => [id, alive, healthy, detail])).toEqual([
    ['lb-1', true, true, 'healthy'],
    ['app-1', true, false, 'unhealthy'],
    ['app-2', false, false, 'restarting'],
    ['db-1', false, false, 'no container'],
  ]);
});

test('a list of containers is read as older versions write it', async () => {
  const out = `[${container('db-1', 'running', '').trim()}]`;
  const { backend } = backendWith({ 'compose ps': { out } });
  await backend.up(shopTopology(1), OPTIONS);
  const status = await backend.status('boxed');
  expect(status?.processes.filter(({ healthy }) => healthy).map(({ id }) => id)).toEqual(['db-1']);
});

test('down keeps the data, purging takes them, too; a stack that is not known is no error', async () => {
  const { docker, backend } = backendWith({});
  expect(await backend.down('boxed')).toEqual({ stopped: [], left: [] });
  await backend.up(shopTopology(1), OPTIONS);
  await backend.down('boxed');
  expect(await backend.status('boxed')).toBeNull();
  expect(docker.calls()).toContain('compose down --remove-orphans');
  expect(existsSync(join(project(), '.env'))).toBe(true);
  await backend.down('boxed', { purge: true });
  expect(docker.calls()).toContain('compose down --remove-orphans --volumes');
  expect(existsSync(project())).toBe(false);
});

test('what is still running after a down is said', async () => {
  const { backend } = backendWith({ 'compose ps': { out: container('app-1', 'running', '') } });
  await backend.up(shopTopology(1), OPTIONS);
  expect(await backend.down('boxed', { purge: true })).toEqual({ stopped: ['app-1'], left: ['app-1'] });
  expect(existsSync(project())).toBe(true);
});

test.each([
  ['an unknown entry', { ...shopTopology(1), entry: 'door' }, 'the entry `door` is no tier'],
  ['a balancer without an application', withTier(shopTopology(1), 'lb', { calls: [] }), 'calls no express tier'],
  ['two primaries', withTier(shopTopology(1), 'db', { instances: 2 }), '`db` asks for 2 instances'],
  ['a wrong limit', withTier(shopTopology(1), 'app', { settings: { memory_mb: 'much' } }), '`memory_mb` of tier `app`'],
  ['a share of nothing', withTier(shopTopology(1), 'app', { settings: { cpus: 0 } }), '`cpus` of tier `app` is 0'],
  ['a circle', circle(), 'in a circle: order-service, user-service'],
])('%s is refused', (_, topology, message) => {
  expect(() => backendWith({}).backend.check(topology)).toThrow(message);
});

test('limits are those of the settings', async () => {
  const { backend } = backendWith({});
  const topology = withTier(shopTopology(1), 'app', { settings: { memory_mb: 333, cpus: 0.5 } });
  await backend.up(topology, OPTIONS);
  const text = readFileSync(join(project(), 'compose.yaml'), 'utf8');
  expect(text.match(/memory: '333M'\n\s+cpus: '0.5'/g)).toHaveLength(2);
});

/** Two applications of which each waits for the other. */
function circle(): Topology {
  const shop = shopTopology(1);
  const order: Tier = { id: 'order-service', kind: 'express', instances: 1, calls: ['user-service'], settings: {} };
  const user: Tier = { ...order, id: 'user-service', calls: ['order-service'] };
  return { ...shop, tiers: [...shop.tiers, order, user] };
}
