import { describe, expect, it } from 'vitest';
import { readPlan } from '../plan/read-plan.ts';
import { solveCapacity } from './solve-capacity.ts';
import { driversOf } from './solve-drivers.ts';

const PLAN = readPlan(
  'plan.yaml',
  `
plan: small
assume: { users: 1M users, rate: 86.4 req/user/day, batch: 900 req/s }
derive:
  peak: users * rate
  pairs: peak * peak / 1000 req/s
growth: { users: { rate: 5 %/month } }
architecture:
  - step: 1
    name: fixed
    tiers: { batch: { kind: worker, instances: 1, demand: batch + peak / 1000, capacity: 800 req/s } }
  - step: 2
    name: too small
    tiers: { batch: { capacity: 901.2 req/s }, app: { kind: express, instances: 4, demand: peak, capacity: 100 req/s } }
  - { step: 3, name: grown, entry: app, tiers: { batch: none, app: { instances: 15 } } }
  - { step: 4, name: square, tiers: { graph: { kind: express, instances: 1, demand: pairs, capacity: 1210 req/s } } }
  - { step: 5, name: idle, entry: graph, tiers: { app: none, graph: { demand: batch } } }
  - { step: 6, name: sized, tiers: { graph: { demand: peak, instances: 'ceil(peak / 625 req/s)', capacity: 625 req/s } } }
`,
);

describe('the load that a step carries', () => {
  it('is a factor over the present one, with the tier that limits it', () => {
    const { steps, drivers } = solveCapacity(PLAN, driversOf(PLAN, undefined));
    expect(drivers).toEqual([{ name: 'users', unit: 'user', before: 1e6 }]);
    const close = (value: number): number => expect.closeTo(value, 6) as number;
    expect(steps.map(({ factor, limitedBy, utilisation }) => [factor, limitedBy, utilisation])).toEqual([
      [0, 'batch', close(901 / 800)],
      [close(0.4), 'app', close(2.5)],
      [close(1.5), 'app', close(1000 / 1500)],
      // Demand that grows with the square of the load: 1.1² = 1.21.
      [close(1.1), 'graph', close(1000 / 1210)],
      [null, null, null],
      // As many instances as there are now, also where a formula would provide more: 1,250 of 1,000 req/s.
      [close(1.25), 'graph', close(0.8)],
    ]);
    expect(steps[2]?.load).toEqual([{ name: 'users', unit: 'user', value: close(1.5e6) }]);
    expect(steps[4]?.load).toEqual([{ name: 'users', unit: 'user', value: null }]);
  });

  it('may be told for another quantity', () => {
    const { steps } = solveCapacity(PLAN, driversOf(PLAN, 'batch'));
    expect(steps[0]?.factor).toBeCloseTo(799 / 900, 3);
    expect(steps[4]?.factor).toBeCloseTo(1210 / 900, 3);
  });
});
