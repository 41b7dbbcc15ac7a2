import { Redis } from 'ioredis';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Counts } from '../metrics/metrics.ts';
import { startRedis, type TestServer } from '../testing/servers.ts';
import { until } from '../testing/until.ts';
import { CacheAside } from './cache-aside.ts';
import { INVALIDATION_HOLD_S, RedisCache } from './redis-cache.ts';

let redis: TestServer;
let counts: Counts;
let cache: RedisCache;
let direct: Redis;

beforeAll(async () => {
  redis = await startRedis();
});
beforeEach(async () => {
  direct = new Redis(redis.url);
  await direct.flushall();
  counts = new Counts();
  cache = new RedisCache({ urls: [redis.url] }, counts, pino({ level: 'silent' }));
  await cache.connected(5_000);
  return () => {
    cache.close();
    direct.disconnect();
  };
});
afterAll(async () => {
  await redis.stop();
});

const stored = (key: string) => until(async () => (await direct.exists(key)) === 1);

test('what is filled is found, for as long as it may be believed', async () => {
  expect(await cache.get('product', 'p')).toBeNull();
  cache.fill('p', '{"id":1}', 100);
  await stored('p');
  expect(String(await cache.get('product', 'p'))).toBe('{"id":1}');
  expect(await direct.ttl('p')).toBeGreaterThan(90);
  expect(counts.cacheHits.product).toBe(1);
  expect(counts.cacheMisses.product).toBe(1);
});

test('a load that began before an invalidation does not store what it read', async () => {
  const aside = new CacheAside(cache, 'product');
  const gate = Promise.withResolvers<void>();
  const reading = aside.read('p', async () => {
    await gate.promise;
    return { body: 'old', ttl_s: 100 };
  });
  await until(() => counts.cacheMisses.product === 1);
  await cache.invalidate('p');
  gate.resolve();
  expect(await reading).toBe('old');
  expect(await direct.get('p')).toBe('');
  expect(await cache.get('product', 'p')).toBeNull();
  expect(await direct.ttl('p')).toBeLessThanOrEqual(INVALIDATION_HOLD_S);
});

test('of two versions the later one stays, in whichever order they arrive', async () => {
  await cache.storeVersioned('c', { version: 10, body: 'ten' }, 100);
  await cache.storeVersioned('c', { version: 9, body: 'nine' }, 100);
  expect(String(await cache.getVersioned('cart', 'c'))).toBe('ten');
  await cache.storeVersioned('c', { version: 11, body: 'eleven' }, 100);
  expect(String(await cache.getVersioned('cart', 'c'))).toBe('eleven');
  expect(await direct.ttl('c')).toBeGreaterThan(90);
});

test('a Redis that does not answer is a miss after a bounded wait, and what could not be written is deleted later', async () => {
  await cache.storeVersioned('c', { version: 1, body: 'one' }, 100);
  redis.freeze();
  try {
    expect(await cache.get('product', 'p')).toBeNull();
    await cache.storeVersioned('c', { version: 2, body: 'two' }, 100);
  } finally {
    redis.thaw();
  }
  expect(counts.cacheErrors).toBeGreaterThanOrEqual(2);
  // The write may still have arrived; either way, "one" must not stay.
  await until(async () => String(await cache.getVersioned('cart', 'c')) !== 'one');
});

test('a Redis that comes back is used again', async () => {
  await redis.kill();
  await until(() => cache.state() === 'down');
  expect(await cache.get('product', 'p')).toBeNull();
  await cache.invalidate('p');
  await redis.start();
  await until(() => cache.state() === 'up');
  cache.fill('q', 'body', 100);
  await until(async () => String(await cache.get('product', 'q')) === 'body');
});
