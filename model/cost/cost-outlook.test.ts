import { describe, expect, it } from 'vitest';
import { spreads } from '../estimate/uncertainty.ts';
import { readPlan } from '../plan/read-plan.ts';
import { costOutlook } from './cost-outlook.ts';
import type { CostOutlook } from './cost-outlook.ts';

const HOUR_S = 3600;
const plan = readPlan(
  'plan.yaml',
  `
plan: mine
assume:
  users: { value: 100 req/s, low: 80, high: 120, distribution: uniform }
cost:
  traffic: { formula: users * $0.01/req, title: Traffic, from: 2 }
growth:
  users: { points: { 0: 100 req/s, 12: 200 req/s } }
architecture:
  - step: 1
    name: one
    tiers:
      app: { kind: express, instances: 3, demand: users, capacity: 50 req/s/server, price: $1/server/h }
      database: { kind: postgres, instances: 1, demand: users, capacity: 500 req/s/server, price: $2/server/h }
      balancer: { kind: nginx, instances: 1, demand: users, capacity: 5_000 req/s/server }
  - { step: 2, name: two, tiers: { app: { instances: 2 } } }
`,
);
const outlook = costOutlook(
  plan,
  { growth: 10, drivers: ['users'], sampling: { samples: 2000, seed: 1 } },
  (of, figures, sampling) => spreads(of, figures, sampling),
);
const hourly = (usd_per_s: number | null | undefined): number => (usd_per_s ?? NaN) * HOUR_S;

function item(of: CostOutlook['steps'][number]['now'] | undefined, id: string) {
  return of?.items.find((each) => each.id === id);
}

describe('costOutlook', () => {
  const [first, second] = outlook.steps;

  it('pays today for what is provided', () => {
    expect(hourly(first?.now.total_usd_per_s)).toBeCloseTo(3 * 1 + 2);
    expect(item(first?.now, 'app')?.instances).toBe(3);
    expect(hourly(second?.now.total_usd_per_s)).toBeCloseTo(2 + 2 + 100 * 0.01 * HOUR_S);
  });

  it('pays after growth for what is then needed, up to the limits', () => {
    // 1,000 req/s: 20 app servers; two databases would be needed where there is one.
    expect(item(first?.grown, 'app')?.instances).toBe(20);
    expect(item(first?.grown, 'database')?.instances).toBe(1);
    expect(first?.grown.overloaded).toEqual(['database']);
    expect(hourly(item(second?.grown, 'cost.traffic')?.cost_usd_per_s)).toBeCloseTo(1000 * 0.01 * HOUR_S);
  });

  it('gives the 5th and 95th percentile of what rests on a range, and the value itself of what does not', () => {
    const traffic = item(second?.now, 'cost.traffic');
    // Uniform from 80 to 120: p5 is 82, p95 is 118.
    expect(hourly(traffic?.low_usd_per_s)).toBeCloseTo(82 * 0.01 * HOUR_S, -1);
    expect(hourly(traffic?.high_usd_per_s)).toBeCloseTo(118 * 0.01 * HOUR_S, -1);
    const app = item(first?.now, 'app');
    expect([app?.low_usd_per_s, app?.high_usd_per_s]).toEqual([app?.cost_usd_per_s, app?.cost_usd_per_s]);
  });

  it('names what has no price', () => expect(first?.unpriced).toEqual(['balancer']));

  it('pays for a cost from its first step on', () => {
    expect(item(first?.now, 'cost.traffic')).toBeUndefined();
    expect(item(second?.now, 'cost.traffic')?.title).toBe('Traffic');
  });
});
