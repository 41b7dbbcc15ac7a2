import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Counts, type CacheKind } from '../metrics/metrics.ts';
import { startRedis, type TestServer } from '../testing/servers.ts';
import { until } from '../testing/until.ts';
import { CacheAside } from './cache-aside.ts';
import { open, seal } from './envelope.ts';
import { RedisCache } from './redis-cache.ts';
import { expiresEarly, onHit, toStore, type StampedePolicy } from './stampede.ts';

let redis: TestServer;
let direct: Redis;
const caches: RedisCache[] = [];

beforeAll(async () => {
  redis = await startRedis();
  direct = new Redis(redis.url);
});
beforeEach(async () => {
  await direct.flushall();
});
afterAll(async () => {
  for (const cache of caches) cache.close();
  direct.disconnect();
  await redis.stop();
});

/** As many instances as asked for, each with its own connection. */
async function instances(count: number, stampede: StampedePolicy) {
  const made = Array.from({ length: count }, () => {
    const counts = new Counts();
    const cache = new RedisCache({ urls: [redis.url], stampede }, counts, pino({ level: 'silent' }));
    caches.push(cache);
    return { counts, cache, aside: new CacheAside(cache, 'product') };
  });
  await Promise.all(made.map(({ cache }) => cache.connected(5_000)));
  return made;
}

test.for([
  ['none', 8],
  ['xfetch', 8],
  ['lock', 1],
  ['stale-while-revalidate', 1],
] as const)('%s: eight instances with ten readers each load a missing key %i times', async ([policy, expected]) => {
  const shops = await instances(8, policy);
  let loads = 0;
  const load = async () => {
    loads += 1;
    await wait(100);
    return { body: '{"id":1}', ttl_s: 100 };
  };
  const readers = shops.flatMap(({ aside }) => Array.from({ length: 10 }, () => aside.read(policy, load)));
  expect(new Set((await Promise.all(readers)).map(String))).toEqual(new Set(['{"id":1}']));
  expect(loads).toBe(expected);
});

test('who missed a moment before somebody filled it finds it under the lock, and does not load again', async () => {
  /** Between its look-up and its lock another instance comes and goes. */
  class Overtaken extends RedisCache {
    override async get(kind: CacheKind, key: string): Promise<Buffer | null> {
      const found = await super.get(kind, key);
      await direct.set(key, 'of another');
      return found;
    }
  }
  const cache = new Overtaken({ urls: [redis.url], stampede: 'lock' }, new Counts(), pino({ level: 'silent' }));
  caches.push(cache);
  await cache.connected(5_000);
  const load = () => Promise.reject(new Error('loaded again'));
  expect(String(await new CacheAside(cache, 'product').read('r', load))).toBe('of another');
});

test('a load that fails lets go of its lock, and one whose holder died is waited for in vain but not for ever', async () => {
  // Fills are not waited for: a key of its own for each test.
  const [shop] = await instances(1, 'lock');
  if (shop === undefined) throw new Error('one was asked for');
  const failing = () => Promise.reject(new Error('the database is away'));
  await expect(shop.aside.read('p', failing)).rejects.toThrow('away');
  await until(async () => (await direct.exists('lock:p')) === 0);
  await direct.set('lock:q', 'of the dead', 'PX', 5_000);
  const started_ms = performance.now();
  expect(await shop.aside.read('q', () => Promise.resolve({ body: 'late', ttl_s: 100 }))).toBe('late');
  expect(performance.now() - started_ms).toBeLessThan(2_000);
  expect(shop.counts.stampede.lock_wait).toBe(1);
  // What was never ours is not given back.
  expect(await direct.get('lock:q')).toBe('of the dead');
});

test('stale-while-revalidate: after its time everybody gets the old body, and one instance loads the new one', async () => {
  const shops = await instances(4, 'stale-while-revalidate');
  await direct.set('p', seal('{"old":1}', Date.now() - 1, 5), 'EX', 60);
  let loads = 0;
  const load = async () => {
    loads += 1;
    await wait(50);
    return { body: '{"new":1}', ttl_s: 100 };
  };
  const bodies = await Promise.all(shops.map(({ aside }) => aside.read('p', load)));
  expect(new Set(bodies.map(String))).toEqual(new Set(['{"old":1}']));
  await until(async () => String(await shops[0]?.aside.read('p', load)) === '{"new":1}');
  expect(loads).toBe(1);
});

test('xfetch: a reader near the end gets the body at once and refreshes it, but not over an invalidation', async () => {
  const [shop] = await instances(1, 'xfetch');
  if (shop === undefined) throw new Error('one was asked for');
  // A load of a thousand seconds makes an early refresh all but certain.
  await direct.set('p', seal('{"old":1}', Date.now() + 1_000, 999_999), 'EX', 60);
  const load = () => Promise.resolve({ body: '{"new":1}', ttl_s: 100 });
  expect(String(await shop.aside.read('p', load))).toBe('{"old":1}');
  await until(async () => String(await shop.aside.read('p', load)) === '{"new":1}');
  expect(shop.counts.stampede.early).toBeGreaterThanOrEqual(1);
  await shop.cache.invalidate('p');
  await shop.cache.replace('p', 'old', 100);
  expect(await shop.cache.get('product', 'p')).toBeNull();
});

test('the probability of an early refresh is exp(-left / load)', () => {
  expect(expiresEarly(100, 100, Math.exp(-1) - 1e-9)).toBe(true);
  expect(expiresEarly(100, 100, Math.exp(-1) + 1e-9)).toBe(false);
  expect(expiresEarly(1, 0, 1e-12)).toBe(false);
  expect(expiresEarly(0, 0, 1)).toBe(true);
});

test('bodies stored under another policy are understood', () => {
  const sealed = Buffer.from(seal('{"a":1}', 1_700_000_000_000, 12.3));
  expect(open(sealed)).toEqual({ body: Buffer.from('{"a":1}'), fresh: { until_ms: 1_700_000_000_000, load_ms: 13 } });
  expect(String(onHit('lock', sealed, 0, 1).body)).toBe('{"a":1}');
  expect(onHit('xfetch', Buffer.from('{"a":1}'), 0, 1)).toMatchObject({ refresh: 'no' });
  expect(toStore('lock', '{}', 10, 0, 0)).toEqual({ body: '{}', ttl_s: 10 });
});
