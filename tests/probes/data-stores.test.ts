import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadPlan } from '../../api/files.ts';
import { stepOf } from '../../api/step-of.ts';
import { ENGINES } from '../../engines/index.ts';
import { INSTRUMENTS } from '../../harness/known-instruments.ts';
import { runScenario } from '../../harness/run-scenario.ts';
import type { Stack } from '../../infra/backend.ts';
import { localConfig } from '../../infra/local/config.ts';
import { createLocalBackend } from '../../infra/local/local-backend.ts';
import { query } from '../../infra/local/probes.ts';
import { removeHome, testConfig } from '../../infra/local/testing/test-home.ts';
import type { Observation } from '../../model/observation/observation.ts';
import { readScenario } from '../../model/scenario/read-scenario.ts';
import { localTopology } from '../../model/topology/topology-of.ts';

// The URL shortener with replicas and a cache, small: that probes find what is there, and leave nothing behind.
const { applications } = localConfig();
const config = testConfig({ first: 30_800, end: 31_190 }, { applications });
const backend = createLocalBackend(config);
const plan = await loadPlan('url-shortener');
const engine = ENGINES.get('open-loop');
let stack: Stack;

beforeAll(async () => {
  stack = await backend.up(localTopology(plan, stepOf(plan, 2)), { name: 'stores', seed: 7, products: 500, users: 1 });
});

afterAll(async () => {
  await backend.down('stores');
  removeHome(config);
});

async function probe(name: string, parameters: string): Promise<Observation> {
  const phase = `{ name: probed, duration: 1 s, probe: ${name}, with: { ${parameters} } }`;
  const text = `scenario: probed\nplan: url-shortener\nphases:\n  - ${phase}\n`;
  const engines = new Map([['open-loop', true]]);
  const scenario = readScenario('probed.yaml', text, plan, engines, { instruments: INSTRUMENTS });
  if (!engine) throw new Error('there is no open-loop engine');
  return await runScenario({ plan, scenario, stack, backend, engine, scale: 1, seed: 1, environment: {} });
}

function okOf({ classes }: Observation, name: string): number {
  return classes.find((each) => each.class === name)?.ok ?? 0;
}

function counted({ phases }: Observation, name: string): number | undefined {
  return phases[0]?.counters[name];
}

test('reads and writes reach the servers that are meant, and the table of the writes is gone', async () => {
  const reads = await probe('database-reads', 'target: all-replicas, writers: 1');
  expect(counted(reads, 'database.servers')).toBe(2);
  expect(okOf(reads, 'database.read')).toBeGreaterThan(0);
  expect(okOf(reads, 'database.write')).toBeGreaterThan(0);
  expect(reads.totals).toMatchObject({ http_error: 0, timeout: 0, reset: 0 });
  const writes = await probe('database-writes', 'connections: 2');
  expect(okOf(writes, 'database.write')).toBeGreaterThan(0);
  const url = backend.connections('stores')?.databases['database']?.write ?? '';
  expect(await query(url, "SELECT tablename FROM pg_tables WHERE tablename LIKE 'probe%'")).toEqual([]);
});

test('every heartbeat is seen by both replicas', async () => {
  const seen = await probe('replica-lag', 'writers: 1');
  expect(counted(seen, 'replica.servers')).toBe(2);
  const beats = okOf(seen, 'replica.lag');
  expect(beats).toBeGreaterThan(0);
  expect(beats % 2).toBe(0);
  expect(seen.totals.in_flight_at_end).toBe(0);
});

test('authors see their own short URLs by the cache', async () => {
  const seen = await probe('read-after-write', 'people: 2');
  expect(counted(seen, 'reads.fresh')).toBeGreaterThan(0);
  expect(counted(seen, 'reads.stale')).toBe(0);
});

test.each(['get', 'set'])('Redis answers %s, one by one and many together', async (command) => {
  const seen = await probe('redis-throughput', `command: ${command}, pipeline: 10`);
  expect(okOf(seen, `redis.${command}`) % 10).toBe(0);
  expect(okOf(seen, `redis.${command}`)).toBeGreaterThan(0);
  expect(seen.totals).toMatchObject({ reset: 0, in_flight_at_end: 0 });
});

test.each(['entry', 'instance'])('connections to the %s are held and answered', async (to) => {
  const seen = await probe('connections', `to: ${to}, connections: 50, rate: 50`);
  expect(counted(seen, 'connections.held')).toBe(50);
  expect(okOf(seen, 'connection.open')).toBe(50);
});

test('a database without shards has none to add', async () => {
  await expect(probe('shard-added', '')).rejects.toThrow('has no shards');
});
