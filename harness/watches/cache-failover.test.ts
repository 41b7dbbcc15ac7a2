import { Redis } from 'ioredis';
import { afterAll, expect, test } from 'vitest';
import { isAlive } from '../../infra/local/identity.ts';
import { createLocalBackend } from '../../infra/local/local-backend.ts';
import { removeHome, shopTopology, testConfig, withTier } from '../../infra/local/testing/test-home.ts';
import type { Site } from '../instruments.ts';
import { Timeline } from '../timeline.ts';
import { cacheFailover } from './cache-failover.ts';

const config = testConfig({ first: 30_560, end: 30_720 });
const backend = createLocalBackend(config);

afterAll(async () => {
  await backend.down('shop');
  removeHome(config);
});

test('slots of a lost master are served by its replica, after the others have noticed', async () => {
  const topology = withTier(shopTopology(2), 'cache', { instances: 6, settings: { node_timeout_ms: 1_500 } });
  const stack = await backend.up(topology, { name: 'shop', seed: 1, products: 1, users: 1 });
  const connections = backend.connections('shop');
  const site: unknown = { scenario: { faults: [] }, stack, topology, connections };
  const watching = await cacheFailover.start(site as Site);
  const timeline = new Timeline();
  const started_at_ms = Date.now();

  const master = stack.processes.find(({ id }) => id === 'cache-1');
  if (!master || !isAlive(master)) throw new Error('there is no cache-1');
  process.kill(master.pid, 'SIGKILL');
  await expect.poll(() => roleOf('cache-4'), { timeout: 30_000 }).toBe('master');
  await expect.poll(() => answeredAt('cache-4'), { timeout: 30_000 }).toBe(true);

  timeline.add({ from_s: 0, started_at_ms, ended_at_ms: Date.now() }, []);
  const { outages, counters = {} } = await watching.finish(timeline);
  expect(outages).toHaveLength(1);
  expect(outages?.[0]?.of).toMatch(/^slot \d+ of cache$/);
  // The replica may be master before anybody has looked at it; what the outage begins and ends with is seen.
  const parts = outages?.[0]?.parts.map(({ name }) => name).filter((name) => name !== 'promote');
  expect(parts).toEqual(['detect', 'recover']);
  expect(counters['cache_failover.outages']).toBe(1);
});

async function roleOf(id: string): Promise<string | undefined> {
  return (await backend.status('shop'))?.processes.find((process) => process.id === id)?.role;
}

/** Whether the watch has set its key there twice since: its time to live is renewed each time. */
async function answeredAt(id: string): Promise<boolean> {
  const client = new Redis(backend.connections('shop')?.redis[id] ?? '');
  try {
    const keys = (await client.keys('cache-failover-*')).toSorted();
    const before = await Promise.all(keys.map((key) => client.get(key)));
    const after = await Promise.all(keys.map((key) => client.get(key)));
    return keys.length > 0 && before.join() !== after.join();
  } finally {
    client.disconnect();
  }
}
