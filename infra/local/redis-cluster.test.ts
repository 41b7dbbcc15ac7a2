import { Cluster } from 'ioredis';
import type { Redis } from 'ioredis';
import { afterAll, expect, test } from 'vitest';
import type { StackStatus } from '../backend.ts';
import { createLocalBackend } from './local-backend.ts';
import { processesOf, removeHome, shopTopology, testConfig, withTier } from './testing/test-home.ts';

const config = testConfig({ first: 27_000, end: 27_160 });
const backend = createLocalBackend(config);
const settings = { node_timeout_ms: 1_500 };

afterAll(async () => {
  await backend.down('shop');
  removeHome(config);
});

test('six nodes form a cluster that survives the loss of a master', async () => {
  const topology = withTier(shopTopology(2), 'cache', { instances: 6, settings });
  const stack = await backend.up(topology, { name: 'shop', seed: 1, products: 1, users: 1 });
  const before = await caches();
  expect(before.map(({ id, role, healthy }) => ({ id, role, healthy }))).toEqual(
    ['master', 'master', 'master', 'replica', 'replica', 'replica'].map((role, index) => ({
      id: `cache-${index + 1}`,
      role,
      healthy: true,
    })),
  );
  const urls = Object.values(backend.connections('shop')?.redis ?? {});
  const timeout = { timeout: 20_000 };
  const client = new Cluster(urls, { redisOptions: { password: new URL(urls[0] ?? '').password } });
  try {
    const keys = Array.from({ length: 60 }, (_, index) => `key-${index}`);
    await Promise.all(keys.map((key) => client.set(key, key)));
    const timeouts = await Promise.all(client.nodes().map((node) => node.config('GET', 'cluster-node-timeout')));
    expect(timeouts.map(([, ms]) => ms)).toEqual(Array.from({ length: 6 }, () => '1500'));
    await expect.poll(async () => await keysIn(client.nodes('slave')), timeout).toBeGreaterThanOrEqual(keys.length);
    process.kill(stack.processes.find(({ id }) => id === 'cache-1')?.pid ?? 0, 'SIGKILL');
    await expect.poll(async () => roleOf('cache-4'), timeout).toBe('master');
    await expect.poll(async () => await Promise.all(keys.map((key) => client.get(key))), timeout).toEqual(keys);
    await client.set('afterwards', 'written');
    expect(await client.get('afterwards')).toBe('written');
  } finally {
    client.disconnect();
  }
  expect((await backend.down('shop')).left).toEqual([]);
  expect(processesOf(config.home)).toEqual([]);
});

async function caches(): Promise<StackStatus['processes']> {
  return (await backend.status('shop'))?.processes.filter(({ id }) => id.startsWith('cache')) ?? [];
}

async function keysIn(nodes: readonly Redis[]): Promise<number> {
  const sizes = await Promise.all(nodes.map((node) => node.dbsize()));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function roleOf(id: string): Promise<string | undefined> {
  return (await caches()).find((process) => process.id === id)?.role;
}
