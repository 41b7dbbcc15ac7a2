import { array, assert, constantFrom, double, integer, oneof, property, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lruHitRatio } from '../../laws/caching/che.ts';
import { ttlCatalogueHitRatio } from '../../laws/caching/ttl-hit-ratio.ts';
import { earlyRefreshProbability } from '../../laws/caching/xfetch.ts';
import { zipfPopularity } from '../../laws/caching/zipf-popularity.ts';
import type { KeyedCache, Stampede } from '../system.ts';
import { Stream } from '../variates/stream.ts';
import { ZipfSampler } from '../variates/zipf-sampler.ts';
import { EARLY_MISS, HIT, HIT_AND_REFRESH, KeyedCacheState, MISS, WAIT } from './keyed-cache-state.ts';

const NONE: Stampede = { policy: 'none' };
const LOCK: Stampede = { policy: 'lock', retry_s: 0.05 };
const STALE: Stampede = { policy: 'stale-while-revalidate', stale_s: 2 };

function cacheOf(rule: Partial<KeyedCache>): KeyedCacheState {
  return new KeyedCacheState({ entries: 100, ttl_s: 10, stampede: NONE, ...rule }, new Stream(1, 'cache'));
}

/** As the contract says it, with a Map in order of use. */
class NaiveCache {
  readonly entries = new Map<number, number>();
  readonly #recomputed = new Set<number>();
  readonly #rule: KeyedCache;

  constructor(rule: KeyedCache) {
    this.#rule = rule;
  }

  lookup(key: number, now_s: number): number {
    const { stampede } = this.#rule;
    const expiry_s = this.entries.get(key) ?? -Infinity;
    const stale_s = stampede.policy === 'stale-while-revalidate' ? stampede.stale_s : 0;
    if (now_s < expiry_s + stale_s) {
      this.#use(key, expiry_s);
      return now_s < expiry_s || !this.#begin(key) ? HIT : HIT_AND_REFRESH;
    }
    return stampede.policy === 'lock' && !this.#begin(key) ? WAIT : MISS;
  }

  fill(key: number, now_s: number): void {
    this.abandon(key);
    this.store(key, now_s);
  }

  store(key: number, now_s: number): void {
    this.#use(key, now_s + this.#rule.ttl_s);
  }

  abandon(key: number): void {
    this.#recomputed.delete(key);
  }

  invalidate(key: number): void {
    this.entries.delete(key);
  }

  flush(): void {
    this.entries.clear();
    this.#recomputed.clear();
  }

  #begin(key: number): boolean {
    const begins = !this.#recomputed.has(key);
    this.#recomputed.add(key);
    return begins;
  }

  #use(key: number, expiry_s: number): void {
    this.entries.delete(key);
    this.entries.set(key, expiry_s);
    const [oldest = 0] = this.entries.keys();
    if (this.entries.size > this.#rule.entries) this.entries.delete(oldest);
  }
}

const KINDS = ['lookup', 'fill', 'store', 'abandon', 'invalidate', 'flush'] as const;

function perform(
  cache: KeyedCacheState | NaiveCache,
  kind: (typeof KINDS)[number],
  key: number,
  now_s: number,
): number | void {
  if (kind === 'lookup') return cache.lookup(key, now_s);
  if (kind === 'fill') return cache.fill(key, now_s, 1);
  if (kind === 'store') return cache.store(key, now_s);
  return cache[kind](key);
}

describe.each([
  ['none', NONE],
  ['lock', LOCK],
  ['stale-while-revalidate', STALE],
])('under %s', (_name, stampede) => {
  // Flushes are rare enough for the cache to fill up in between.
  const often = constantFrom('lookup', 'lookup', 'fill', 'store', 'store', 'abandon');
  const kinds = oneof({ weight: 30, arbitrary: often }, { weight: 1, arbitrary: constantFrom(...KINDS) });
  const step = tuple(kinds, integer({ min: 0, max: 6 }), double({ min: 0, max: 1, noNaN: true }));

  test.each([0, 1, 4])('%d entries behave like a plain cache', (entries) => {
    const rule: KeyedCache = { entries, ttl_s: 3, stampede };
    assert(
      property(array(step, { maxLength: 120, size: 'max' }), (steps) => {
        const [cache, naive] = [cacheOf(rule), new NaiveCache(rule)];
        let now_s = 0;
        for (const [kind, key, gap_s] of steps) {
          now_s += gap_s;
          expect(perform(cache, kind, key, now_s)).toBe(perform(naive, kind, key, now_s));
          expect(cache.size).toBe(naive.entries.size);
        }
      }),
    );
  });
});

test('without a policy everyone misses an expired key until it is filled', () => {
  const cache = cacheOf({});
  cache.fill(1, 0, 0.5);
  expect([9.99, 10, 10].map((now_s) => cache.lookup(1, now_s))).toEqual([HIT, MISS, MISS]);
  cache.fill(1, 10.5, 0.5);
  expect(cache.lookup(1, 20)).toBe(HIT);
});

test('a lock lets one recompute, and another when that one gave up', () => {
  const cache = cacheOf({ stampede: LOCK });
  expect([0, 0, 0.1].map((now_s) => cache.lookup(1, now_s))).toEqual([MISS, WAIT, WAIT]);
  expect(cache.lookup(2, 0.1)).toBe(MISS);
  cache.abandon(1);
  expect([0.2, 0.2].map((now_s) => cache.lookup(1, now_s))).toEqual([MISS, WAIT]);
  cache.fill(1, 0.3, 0.1);
  expect([0.3, 10.3].map((now_s) => cache.lookup(1, now_s))).toEqual([HIT, MISS]);
});

test('a stale value is served while one refreshes it, and no longer than it may be', () => {
  const cache = cacheOf({ stampede: STALE });
  cache.fill(1, 0, 0.1);
  expect([9, 10, 10, 11].map((now_s) => cache.lookup(1, now_s))).toEqual([HIT, HIT_AND_REFRESH, HIT, HIT]);
  cache.abandon(1);
  expect([11, 11, 12].map((now_s) => cache.lookup(1, now_s))).toEqual([HIT_AND_REFRESH, HIT, MISS]);
});

describe('xfetch', () => {
  // 36.8 % at t = delta before expiry with beta 1.
  test.each([
    [1, 1, 1],
    [2, 1, 1],
    [1, 0.5, 2],
    [0.5, 2, 0.5],
  ])(
    '%d s before expiry of what took %d s, beta %d: refreshed early as often as the law says',
    (left_s, delta_s, beta) => {
      const cache = cacheOf({ stampede: { policy: 'xfetch', beta } });
      cache.fill(1, 0, delta_s);
      const n = 20_000;
      let early = 0;
      for (let i = 0; i < n; i++) if (cache.lookup(1, 10 - left_s) === EARLY_MISS) early++;
      expect(Math.abs(early / n - earlyRefreshProbability(left_s, delta_s, beta))).toBeLessThan(
        4 * Math.sqrt(0.25 / n),
      );
    },
  );

  test('is a miss once expired, and knows nothing of the time that a write-through takes', () => {
    const cache = cacheOf({ stampede: { policy: 'xfetch', beta: 1 } });
    cache.store(1, 0);
    expect([0, 9.999, 10].map((now_s) => cache.lookup(1, now_s))).toEqual([HIT, HIT, MISS]);
    // Not even that of the entry whose place it takes.
    const small = cacheOf({ entries: 1, stampede: { policy: 'xfetch', beta: 1 } });
    small.fill(1, 0, 1000);
    small.store(2, 0);
    expect(small.lookup(2, 9)).toBe(HIT);
  });
});

describe('hit ratio under Zipf requests', () => {
  // Che's approximation: .43666, .66414 and .67560.
  test.each([0.8, 0.99, 1])('1,000 of 10,000 objects, exponent %d: as Che says, within a point', (exponent) => {
    const cache = cacheOf({ entries: 1000, ttl_s: Infinity });
    const ratio = measuredHitRatio(cache, exponent, 1000, 400_000);
    expect(Math.abs(ratio - lruHitRatio(zipfPopularity(10_000, exponent), 1000))).toBeLessThan(0.01);
  });

  test.each([1, 30])('a time to live of %d s: as the law says, within a point', (ttl_s) => {
    const cache = cacheOf({ entries: 10_000, ttl_s });
    const ratio = measuredHitRatio(cache, 0.8, 1000, 400_000);
    expect(Math.abs(ratio - ttlCatalogueHitRatio(zipfPopularity(10_000, 0.8), 1000, ttl_s))).toBeLessThan(0.01);
  });
});

/** Poisson requests for 10,000 objects; those of the first quarter fill the cache and do not count. */
function measuredHitRatio(cache: KeyedCacheState, exponent: number, rate_per_s: number, requests: number): number {
  const stream = new Stream(9, 'requests');
  const sampler = new ZipfSampler(10_000, exponent);
  let [now_s, hits] = [0, 0];
  for (let i = 0; i < requests; i++) {
    now_s += stream.exponential() / rate_per_s;
    const key = sampler.sample(stream);
    const found = cache.lookup(key, now_s) === HIT;
    if (!found) cache.fill(key, now_s, 0);
    if (found && i >= requests / 4) hits++;
  }
  return hits / (requests * 0.75);
}

test.each([
  [{ entries: -1 }, 'whole number of entries'],
  [{ ttl_s: NaN }, 'ttl_s is a number from 0, not NaN'],
  [{ stampede: { policy: 'xfetch', beta: -1 } as const }, 'beta is a number from 0, not -1'],
])('%o is refused', (rule, message) => {
  expect(() => cacheOf(rule)).toThrow(message);
});
