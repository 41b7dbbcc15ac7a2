import { describe, expect, it } from 'vitest';
import { estimateWith } from '../../cli/commands/estimate.ts';
import { loadPlan, shippedPlans } from '../../api/files.ts';
import { unresolved } from '../../model/claims/agreement.ts';
import { audit } from '../../model/claims/audit.ts';
import { grownPlan } from '../../model/cost/grown-plan.ts';
import { estimate } from '../../model/estimate/estimate.ts';

const names = await shippedPlans();
const plans = await Promise.all(names.map((name) => loadPlan(name)));
const result = audit(plans);

/** Scenarios that claims may wait for; those that are there already are named under `measured`. */
const SCENARIOS = [
  'peak',
  'capacity',
  'database-overload',
  'cache-hit-ratio',
  'stampede',
  'cache-failover',
  'cache-away',
  'database-failover',
  'synchronous-standby-lost',
  'replica-lag',
  'instance-crash',
  'rolling-deployment',
  'blue-green-deployment',
  'broker-outage',
  'checkout-sync-async',
  'retries',
  'cdn-cold-warm',
  'payment-away',
  'flash-sale',
  'press',
  'viral',
  'oversell',
  'rate-limits',
  'shard-added',
  'soak',
  'daily-curve',
];

/** Every number in a value, with the way to it. */
function numbersIn(value: unknown, path = ''): [string, number][] {
  if (typeof value === 'number') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => numbersIn(inner, `${path}.${key}`));
}

describe('the shipped plans', () => {
  it('are the three systems of the documents', () => {
    expect(names).toEqual(['amazon-shop', 'order-management', 'url-shortener']);
  });

  it.each(plans)('$name: no figure of the estimate is NaN or infinite', (plan) => {
    const wrong = numbersIn(estimate(plan)).filter(([, value]) => !Number.isFinite(value));
    expect(wrong).toEqual([]);
  });

  it.each(plans)('$name: the same seed gives the same bytes, another seed others', async (plan) => {
    const draw = async (seed: number): Promise<string> =>
      JSON.stringify(await estimateWith(plan, { samples: 500, seed }));
    expect(await draw(1)).toBe(await draw(1));
    expect(await draw(1)).not.toBe(await draw(2));
  });

  it.each(plans)('$name: the shares of variance add up to exactly 100 %', async (plan) => {
    const { quantities } = await estimateWith(plan, { samples: 500, seed: 1 });
    const spreads = quantities.flatMap(({ spread }) => (spread && spread.ranking.length > 0 ? [spread] : []));
    expect(spreads.length).toBeGreaterThan(0);
    for (const { ranking, together } of spreads) {
      expect(ranking.reduce((sum, { share }) => sum + share, 0) + together).toBe(1);
      expect(together).toBeGreaterThanOrEqual(0);
    }
  });

  it.each(plans)('$name: no tier has less to carry when the load grows', (plan) => {
    const drivers = plan.growth.map(({ quantity }) => quantity);
    expect(drivers.length).toBeGreaterThan(0);
    const later = estimate(grownPlan(plan, drivers, 2)).steps;
    const less = estimate(plan).steps.flatMap(({ step, tiers }, index) =>
      tiers.flatMap(({ tier, demand }, at) => {
        const grown = later[index]?.tiers[at]?.demand ?? NaN;
        return grown >= demand * (1 - 1e-9) ? [] : [`${tier} at step ${step}: ${demand} becomes ${grown}`];
      }),
    );
    expect(less).toEqual([]);
  });
});

describe('Amazon Shop', () => {
  it("gives the figures of the shop's documents in the units that its readers rely on", async () => {
    const plan = await loadPlan('amazon-shop');
    const byId = Object.fromEntries(estimate(plan).quantities.map(({ id, value, unit }) => [id, [value, unit]]));
    expect(byId).toMatchObject({
      'traffic.requests.average': [expect.closeTo(2314.8, 1), 'req/s'],
      'traffic.requests.peak': [expect.closeTo(6944.4, 1), 'req/s'],
      'traffic.bandwidth.peak': [expect.closeTo(5.347e9, -7), 'B/s'],
      'traffic.bandwidth.peak_with_cdn': [expect.closeTo(534.7e6, -6), 'B/s'],
      'storage.total': [expect.closeTo(1.281e15, -13), 'B'],
      'app.servers': [9, 'server'],
      'cache.memory': [expect.closeTo(110.3e9, -8), 'B'],
      'database.queries.peak': [expect.closeTo(10_988.9, 1), 'query/s'],
    });
    const parts = ['users', 'catalog', 'images', 'orders', 'reviews'].map((part) =>
      Number(byId[`storage.${part}`]?.[0]),
    );
    expect(byId['storage.total']?.[0]).toBe(parts.reduce((sum, part) => sum + part, 0));
  });
});

describe('the audit of the documents', () => {
  it('holds at least 180 claims, and says something of each', () => {
    expect(result.claims.length).toBeGreaterThanOrEqual(180);
    const silent = result.claims.filter(({ verdict, note }) => verdict === 'not derivable' && note === undefined);
    expect(silent.map(({ claim }) => claim)).toEqual([]);
  });

  it('finds what the plans record, and nothing worse', () => {
    expect(result.claims.filter(({ asKnown }) => !asKnown).map(({ plan, claim }) => `${plan}/${claim}`)).toEqual([]);
  });

  it('never records a claim as worse than it is found', () => {
    const better = result.claims.filter(({ verdict, known }) => verdict === 'holds' && known !== 'holds');
    const measured = plans.flatMap((plan) => plan.claims.filter((claim) => claim.measured).map(({ id }) => id));
    expect(better.map(({ claim }) => claim).filter((claim) => !measured.includes(claim))).toEqual([]);
  });

  it('gives a reason for every claim that does not hold', () => {
    const bare = result.claims.filter(
      ({ verdict, note }) => (verdict === 'contradicted' || verdict === 'close') && note === undefined,
    );
    expect(bare.map(({ claim }) => claim)).toEqual([]);
  });

  it('finds the three examples that the documents are known for', () => {
    const found = (id: string): unknown => result.claims.find(({ claim }) => claim === id);
    expect(found('summary.storage.total')).toMatchObject({
      verdict: 'contradicted',
      computed: { value: expect.closeTo(1.281e15, -13) },
    });
    expect(found('summary.app.paid_for')).toMatchObject({ verdict: 'contradicted', computed: { value: 9 } });
    const page = result.claims.filter(
      ({ claimed, computed }) => claimed === '100 ms' && Math.abs((computed?.value ?? 0) - 0.14) < 1e-9,
    );
    expect(page.map(({ verdict }) => verdict)).toContain('contradicted');
  });

  it('relates claims that are there', () => {
    expect(unresolved(plans.flatMap((plan) => plan.claims.map((claim) => ({ plan: plan.name, claim }))))).toEqual([]);
    expect(result.disagreements.length).toBeGreaterThan(0);
  });

  it('waits for scenarios that have a name', () => {
    const waiting = new Set(plans.flatMap(({ claims }) => claims.flatMap(({ settledBy }) => settledBy ?? [])));
    expect([...waiting].filter((scenario) => !SCENARIOS.includes(scenario))).toEqual([]);
  });
});
