import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Counts } from '../metrics/metrics.ts';
import { startRedisCluster, type TestCluster } from '../testing/redis-cluster.ts';
import { until } from '../testing/until.ts';
import { RedisCache } from './redis-cache.ts';

let cluster: TestCluster;
let cache: RedisCache;
beforeAll(async () => {
  cluster = await startRedisCluster();
  cache = new RedisCache({ urls: cluster.urls }, new Counts(), pino({ level: 'silent' }));
  await cache.connected(5_000);
});
afterAll(async () => {
  cache.close();
  await cluster.stop();
});

const keys = Array.from({ length: 60 }, (_, n) => `key:${n}`);
const read = async (key: string) => String(await cache.get('product', key));

test('keys of all masters are written and read, also many at once', async () => {
  for (const key of keys) cache.fill(key, key, 100);
  await until(async () => (await Promise.all(keys.map(read))).every((body, n) => body === keys[n]));
  await Promise.all(keys.map((key, n) => cache.storeVersioned(`v:${key}`, { version: n, body: 'cart' }, 100)));
  expect(String(await cache.getVersioned('cart', 'v:key:59'))).toBe('cart');
  const token = await cache.lock('key:1', 1_000);
  expect(await cache.lock('key:1', 1_000)).toBeNull();
  cache.unlock('key:1', 'not the token');
  cache.unlock('key:1', token ?? '');
  await until(async () => (await cache.lock('key:1', 1_000)) !== null);
});

test('when a master is killed, reads are bounded misses, and its slots come back with its replica', async () => {
  const master = await cluster.masterOf('key:7');
  await master.kill();
  const started_ms = performance.now();
  await Promise.all(keys.map(read));
  expect(performance.now() - started_ms).toBeLessThan(3_000);
  await until(async () => {
    await cache.put('key:7', 'again', 100);
    return (await read('key:7')) === 'again';
  }, 20_000);
});
