import { describe, expect, it } from 'vitest';
import { lruHitRatio } from '../../laws/caching/che.ts';
import { ttlCatalogueHitRatio } from '../../laws/caching/ttl-hit-ratio.ts';
import { zipfPopularity } from '../../laws/caching/zipf-popularity.ts';
import { readPlan } from '../../plan/read-plan.ts';
import { systemOf } from './system-of.ts';
import type { BuiltSystem } from './system-of.ts';

function build(cache: string, extra = ''): BuiltSystem {
  const plan = readPlan(
    'p',
    `plan: p
keys: { products: { count: 100M products, exponent: 0.9 }, users: { count: 50M users } }
requests:
  view: { share: 75 %, kind: read, method: GET, path: / }
  me: { share: 25 %, kind: read, method: GET, path: /me }
architecture:
  - step: 1
    name: one
    tiers:
      app: { kind: express, instances: 1, calls: [cache, database], demand: 8_000 req/s, capacity: 9_000 req/s }
      cache: { kind: redis, instances: 1, demand: 1 req/s, capacity: 2 req/s, cache: { ${cache} } }
      database: { kind: postgres, instances: 1, demand: 1 req/s, capacity: 2 req/s }
    routes:
      view: [app, { to: cache, times: 2, keys: products, miss: [database] }]
      me: [app${extra}]
`,
  );
  const [step] = plan.steps;
  if (!step) throw new Error('no step');
  return systemOf(plan, step, new Map(plan.requests.map(({ name, share }) => [name, share])));
}

const hitRatio = ({ system }: BuiltSystem, cls = 0): number | null | undefined =>
  system.classes[cls]?.route[0]?.nested[0]?.lookup?.hitRatio;

const products = zipfPopularity(100_000_000, 0.9);

describe('a large cache', () => {
  it('is simulated as it is up to two million entries', () => {
    const built = build('entries: 2_000_000');
    expect(built.system.tiers[1]?.cache?.entries).toBe(2_000_000);
    expect(hitRatio(built)).toBeNull();
    expect(built.notes).toEqual([]);
  });

  it("has Che's hit ratio beyond, which the output says", () => {
    const built = build('entries: 5_000_000');
    expect(hitRatio(built)).toBe(lruHitRatio(products, 5_000_000));
    expect(built.system.tiers[1]?.cache).toBeNull();
    expect(built.notes).toEqual([
      "`cache` is too large to simulate entry by entry: 60 % of its look-ups hit, by Che's approximation",
    ]);
  });

  it('hits no more often than its entries live: 12,000 look-ups a second', () => {
    const ttl = ttlCatalogueHitRatio(products, 12_000, 60);
    expect(ttl).toBeLessThan(lruHitRatio(products, 5_000_000));
    expect(hitRatio(build('entries: 5_000_000, ttl: 60 s'))).toBe(ttl);
    expect(hitRatio(build('entries: 5_000_000, ttl: 1 year'))).toBe(lruHitRatio(products, 5_000_000));
  });

  it('is shared by those who look up in it', () => {
    const both = build('entries: 5_000_000', ', { to: cache, keys: users }');
    const ratio = hitRatio(both) ?? 0;
    expect(ratio).toBe(hitRatio(both, 1));
    // Of 7 look-ups 6 are of products; users are all alike and few of them are there.
    expect(ratio).toBeGreaterThan((6 / 7) * lruHitRatio(products, 3_000_000));
    expect(ratio).toBeLessThan(lruHitRatio(products, 5_000_000));
  });
});
