import { expect, it } from 'vitest';
import { lruHitRatio } from '../../model/laws/caching/che.ts';
import { ttlCatalogueHitRatio } from '../../model/laws/caching/ttl-hit-ratio.ts';
import { zipfPopularity } from '../../model/laws/caching/zipf-popularity.ts';
import type { SimulationRun } from '../../model/simulator/run.ts';
import type { KeyedCache, System } from '../../model/simulator/system.ts';
import { exponential, lookup, poisson, system, tier, visit } from '../../model/simulator/testing/systems.ts';
import { counted, run } from './figures.ts';

const OBJECTS = 10_000;
const ENTRIES = 1000;
const NO_STAMPEDE: KeyedCache = { entries: ENTRIES, ttl_s: Infinity, stampede: { policy: 'none' } };

/** A cache, and behind it a database that is asked after a miss. */
function cached(exponent: number, cache: KeyedCache): System {
  const tiers = [tier('cache', exponential(1e-6), { kind: 'redis', cache }), tier('database', exponential(1e-5))];
  const keys = { name: 'objects', count: OBJECTS, exponent };
  return system(tiers, [visit(0, { lookup: lookup([visit(1)]) })], { keys });
}

function hitRatio(found: SimulationRun): number {
  const hits = counted(found, 'cache.hits');
  return hits / (hits + counted(found, 'cache.misses'));
}

// Che's approximation for a cache of 1,000 of 10,000 objects: 0.43666, 0.66414, 0.67560.
it.each([
  [0.8, 0.43666],
  [0.99, 0.66414],
  [1, 0.6756],
])('LRU under Zipf %d hits as often as Che says, within a point', (exponent, published) => {
  const found = run(cached(exponent, NO_STAMPEDE), poisson(20_000, 25), 1, 5);
  const law = lruHitRatio(zipfPopularity(OBJECTS, exponent), ENTRIES);
  expect(law).toBeCloseTo(published, 4);
  expect(Math.abs(hitRatio(found) - law)).toBeLessThan(0.01);
  // Each miss asks the database, but for those that are under way at either end.
  const asked = counted(found, 'database.visits');
  expect(Math.abs(asked - counted(found, 'cache.misses'))).toBeLessThanOrEqual(5);
});

it('entries that expire hit as often as renewal theory says', () => {
  const ttl_s = 0.5;
  const found = run(cached(0.8, { ...NO_STAMPEDE, entries: OBJECTS, ttl_s }), poisson(20_000, 25), 1, 5);
  const law = ttlCatalogueHitRatio(zipfPopularity(OBJECTS, 0.8), 20_000, ttl_s);
  expect(Math.abs(hitRatio(found) - law)).toBeLessThan(0.01);
});
