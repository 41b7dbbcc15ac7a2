import { assert, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from '../../random/random.ts';
import { pickByZipf } from '../../workload/zipf.ts';
import { cacheForHitRatio, lruHitRatio } from './che.ts';
import { zipfPopularity } from './zipf-popularity.ts';
import type { Popularity } from './zipf-popularity.ts';

// Reference values of Che's approximation (Che, Tung, Wang, IEEE JSAC 20 (2002)): 10,000 objects, a cache of 1,000.
test.each([
  [0.8, 0.43666],
  [0.99, 0.66414],
  [1, 0.6756],
])('exponent %d: hit ratio %d', (exponent, expected) => {
  expect(lruHitRatio(zipfPopularity(10_000, exponent), 1000)).toBeCloseTo(expected, 5);
});

test('three objects, a cache of one: T = 1.272093867, solved with 30 digits', () => {
  expect(lruHitRatio(zipfPopularity(3, 1), 1)).toBeCloseTo(0.39041748981224, 13);
});

test('equal popularity: the hit ratio is the share of the catalogue that is cached', () => {
  for (const size of [1, 500, 99_999]) expect(lruHitRatio(zipfPopularity(100_000, 0), size)).toBeCloseTo(size / 1e5, 9);
});

/** A class for each object. */
function ungrouped(objects: number, exponent: number): Popularity {
  const weights = Float64Array.from({ length: objects }, (_, i) => (i + 1) ** -exponent);
  const total = weights.reduce((sum, weight) => sum + weight);
  return { objects, probabilities: weights.map((weight) => weight / total), counts: new Float64Array(objects).fill(1) };
}

test.each([
  [33, [0.3, 0.6, 0.8, 1, 1.2, 2, 5], [0.001, 0.01, 0.1, 0.5, 0.9]],
  [1000, [0.3, 0.6, 0.8, 1, 1.2, 2, 5], [0.001, 0.01, 0.1, 0.5, 0.9]],
  [30_000, [0.6, 0.9, 1.2, 3], [0.001, 0.1, 0.5, 0.99]],
  [1_000_000, [0.6, 1.2], [0.001, 0.5]],
])('%i objects in few classes: the exact sum to within 1e-7, exponents %j', (objects, exponents, shares) => {
  for (const exponent of exponents) {
    const [exact, few] = [ungrouped(objects, exponent), zipfPopularity(objects, exponent)];
    for (const share of shares) {
      const difference = lruHitRatio(few, objects * share) - lruHitRatio(exact, objects * share);
      expect(Math.abs(difference), `exponent ${exponent}, ${share} of it cached`).toBeLessThan(1e-7);
    }
  }
});

test('an LRU cache that is played through agrees', () => {
  const [objects, size, requests] = [2000, 200, 200_000];
  const pick = pickByZipf(objects, 0.9);
  const random = createRandom(5, 'lru');
  // A Set keeps the order of insertion: the first is the least recently used.
  const cache = new Set<number>();
  let hits = 0;
  for (let i = 0; i < requests; i++) {
    const object = pick(random.uniform());
    if (cache.delete(object)) hits++;
    cache.add(object);
    if (cache.size > size) cache.delete(cache.values().next().value ?? -1);
  }
  // One standard deviation of the share is 0.0011, and the approximation is better than that.
  expect(Math.abs(hits / requests - lruHitRatio(zipfPopularity(objects, 0.9), size))).toBeLessThan(0.005);
});

test('stays within 0 to 1, grows with the cache, and is undone by its inverse', () => {
  // fast-check's own doubles are nearly all tiny.
  const share = integer({ min: -600, max: 0 }).map((n) => 10 ** (n / 100));
  const exponent = integer({ min: 0, max: 200 }).map((n) => n / 100);
  assert(
    property(integer({ min: 1, max: 500_000_000 }), exponent, share, share, (objects, exponent, a, b) => {
      const popularity = zipfPopularity(objects, exponent);
      const [small, large] = [Math.min(a, b) * objects, Math.max(a, b) * objects];
      const [less, more] = [lruHitRatio(popularity, small), lruHitRatio(popularity, large)];
      expect(less).toBeGreaterThan(0);
      expect(less).toBeLessThanOrEqual(more + 1e-12);
      expect(more).toBeLessThanOrEqual(1);
      // Near 1 the hit ratio says little about the size.
      if (more < 0.999) expect(cacheForHitRatio(popularity, more) / large).toBeCloseTo(1, 6);
    }),
    { numRuns: 40 },
  );
});

test('nothing cached hits nothing, everything cached hits all', () => {
  const popularity = zipfPopularity(500_000_000, 0.9);
  expect(lruHitRatio(popularity, 0)).toBe(0);
  expect(lruHitRatio(popularity, 500_000_000)).toBe(1);
  expect(lruHitRatio(popularity, 1e12)).toBe(1);
  expect(cacheForHitRatio(popularity, 0)).toBe(0);
  expect(cacheForHitRatio(popularity, 1)).toBe(500_000_000);
});

test.each([0.5, 1, 3, 10])('finite at the very ends, exponent %d', (exponent) => {
  const popularity = zipfPopularity(500_000_000, exponent);
  for (const size of [1e-3, 499_999_999.999]) {
    const ratio = lruHitRatio(popularity, size);
    expect(ratio > 0 && ratio <= 1).toBe(true);
  }
  for (const ratio of [1e-9, 1 - 1e-12]) {
    const size = cacheForHitRatio(popularity, ratio);
    expect(size > 0 && size <= 500_000_000).toBe(true);
  }
});

test('refuses what is no size and no ratio', () => {
  const popularity = zipfPopularity(10, 1);
  expect(() => lruHitRatio(popularity, -1)).toThrow('cacheSize');
  expect(() => cacheForHitRatio(popularity, 80)).toThrow('hitRatio');
});
