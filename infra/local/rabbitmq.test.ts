import { afterAll, afterEach, expect, test } from 'vitest';
import type { Tier, Topology } from '../../model/topology/topology.ts';
import { askBroker } from './amqp.ts';
import { createLocalBackend } from './local-backend.ts';
import { publish, take } from './testing/quorum-queue.ts';
import { processesOf, removeHome, shopTopology, testConfig } from './testing/test-home.ts';

const config = testConfig({ first: 27_400, end: 27_560 });
const backend = createLocalBackend(config);
const options = { name: 'shop', seed: 1, products: 1, users: 1 };

afterEach(() => backend.down('shop', { purge: true }));
afterAll(() => removeHome(config));

test('one broker keeps messages from one start to the next', { timeout: 120_000 }, async () => {
  await backend.up(withBroker(1), options);
  await publish(urlOf('broker-1'), 'orders', 'order 1');
  await backend.down('shop');
  expect(processesOf(config.home)).toEqual([]);
  await backend.up(withBroker(1), options);
  expect(await take(urlOf('broker-1'), 'orders')).toBe('order 1');
  await expect(take(urlOf('broker-1'), 'orders')).rejects.toThrow('answered 60.72');
  await expect(askBroker(portOf('broker-1'), 'shop', 'wrong')).rejects.toThrow(/ECONNRESET|closed|did not answer/);
});

test('three brokers are a cluster that survives the loss of one', { timeout: 120_000 }, async () => {
  const stack = await backend.up(withBroker(3), options);
  const status = await backend.status('shop');
  expect(status?.processes.filter(({ healthy }) => !healthy)).toEqual([]);
  await publish(urlOf('broker-1'), 'orders', 'order 1');
  process.kill(stack.processes.find(({ id }) => id === 'broker-1')?.pid ?? 0, 'SIGKILL');
  await expect.poll(() => take(urlOf('broker-2'), 'orders').catch(String), { timeout: 20_000 }).toBe('order 1');
  await publish(urlOf('broker-3'), 'orders', 'order 2');
  expect(await take(urlOf('broker-2'), 'orders')).toBe('order 2');
  expect((await backend.down('shop')).left).toEqual([]);
  expect(processesOf(config.home)).toEqual([]);
});

function withBroker(instances: number): Topology {
  const shop = shopTopology(1, 1);
  const broker: Tier = { id: 'broker', kind: 'rabbitmq', instances, calls: [], settings: {} };
  return { ...shop, tiers: [...shop.tiers, broker] };
}

function urlOf(id: string): string {
  return backend.connections('shop')?.rabbitmq[id] ?? '';
}

function portOf(id: string): number {
  return Number(new URL(urlOf(id)).port);
}
