import { afterAll, expect, test } from 'vitest';
import { isAlive } from '../../infra/local/identity.ts';
import { createLocalBackend } from '../../infra/local/local-backend.ts';
import { query } from '../../infra/local/probes.ts';
import { removeHome, replicatedTopology, testConfig } from '../../infra/local/testing/test-home.ts';
import type { StackProcess } from '../../infra/backend.ts';
import type { Findings, Site, Watching } from '../instruments.ts';
import { Timeline } from '../timeline.ts';
import { failover } from './failover.ts';

const config = testConfig({ first: 30_400, end: 30_560 });
const backend = createLocalBackend(config);
const patience = { timeout: 60_000, interval: 100 };

afterAll(async () => {
  await backend.down('shop');
  removeHome(config);
});

test('a failover in its parts, and a primary that is started again where it was', { timeout: 180_000 }, async () => {
  const topology = replicatedTopology({ failover_profile: 'lab' });
  const stack = await backend.up(topology, { name: 'shop', seed: 1, products: 1, users: 1 });
  const connections = backend.connections('shop');
  const site = { scenario: { faults: [] }, stack, topology, connections, writes_log: `${config.home}/none.tsv` };
  const start = (): Promise<Watching> => failover.start(site as unknown as Site);

  const restarted = await observed(await start(), async () => kill(await found('db-1')));
  expect(restarted.outages).toHaveLength(1);
  // A restart may be over before anybody has looked; what the outage ends with is the recovery.
  expect([['restart', 'recover'], ['recover']]).toContainEqual(partsOf(restarted));

  const replaced = await observed(await start(), async () => {
    kill(await found('db-1-patroni'));
    kill(await found('db-1'));
  });
  expect(replaced.outages).toHaveLength(1);
  // That a proxy leads to the new one may be seen by an answer through it before the proxy itself says so.
  expect(partsOf(replaced)?.filter((part) => part !== 'route')).toEqual(['detect', 'elect', 'promote', 'recover']);
  const { counters = {} } = replaced;
  const sum = ['detect', 'elect', 'promote', 'route', 'recover'].map((part) => counters[`failover.${part}_s`] ?? 0);
  expect(sum.reduce((total, part) => total + part, 0)).toBeCloseTo(counters['failover.outage_s'] ?? NaN, 6);
  expect(counters['failover.detect_s']).toBeGreaterThan(0);
  expect(counters['failover.wal_lost_bytes']).toBeGreaterThanOrEqual(0);
  expect(replaced.events).toEqual([]);

  const calm = await observed(await start(), async () => undefined);
  expect(calm).toMatchObject({ outages: [], counters: { 'failover.outages': 0, 'failover.outage_s': 0 } });
});

/** What a watch finds when something happens, and writes are answered again: those of the watch, too. */
async function observed(watching: Watching, happens: () => Promise<void>): Promise<Findings> {
  const timeline = new Timeline();
  const started_at_ms = Date.now();
  await happens();
  await expect.poll(() => answered('create table if not exists test (n int)'), patience).toBeDefined();
  const rows = (await answered('select max(n)::int as n from failover_probe')) ?? 0;
  await expect.poll(() => answered('select max(n)::int as n from failover_probe'), patience).toBeGreaterThan(rows + 3);
  timeline.add({ from_s: 0, started_at_ms, ended_at_ms: Date.now() }, []);
  return await watching.finish(timeline);
}

/** The number that a statement through the proxy returns, 0 without one; undefined when it is not answered. */
async function answered(sql: string): Promise<number | undefined> {
  try {
    const [row] = await query(backend.connections('shop')?.databases['db']?.write ?? '', sql);
    return Number(row?.['n'] ?? 0);
  } catch {
    return undefined;
  }
}

function partsOf({ outages }: Findings): string[] | undefined {
  return outages?.[0]?.parts.map(({ name }) => name);
}

async function found(id: string): Promise<StackProcess> {
  const process = (await backend.status('shop'))?.stack.processes.find((each) => each.id === id);
  if (!process) throw new Error(`there is no ${id}`);
  return process;
}

function kill(process: StackProcess): void {
  if (!isAlive(process)) throw new Error(`${process.id} is gone already`);
  globalThis.process.kill(process.pid, 'SIGKILL');
}
