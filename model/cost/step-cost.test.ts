import { describe, expect, it } from 'vitest';
import { Values } from '../plan/compute.ts';
import { readPlan } from '../plan/read-plan.ts';
import { stepCost } from './step-cost.ts';

const MONTH_S = 730 * 3600;
const PLAN = readPlan(
  'plan.yaml',
  `
plan: small
assume: { load: 100 req/s, stored: 10 TB }
cost:
  storage: { formula: stored * 20 $/TB/month, title: Storage }
  egress: { formula: 300 $/month, until: 1 }
  cdn: { formula: 50 $/month, from: 2 }
architecture:
  - step: 1
    name: one
    tiers:
      app: { kind: express, instances: 2.5, demand: load, capacity: 60 req/s, price: 100 $/month }
      database: { kind: postgres, instances: 1, demand: load, capacity: 200 req/s }
  - { step: 2, name: two, tiers: { database: { price: 400 $/server/month } } }
`,
);
const values = new Values(PLAN.quantities);

describe('the cost of a step', () => {
  it.each([
    [1, 3 * 100 + 10 * 20 + 300, ['database']],
    [2, 3 * 100 + 400 + 10 * 20 + 50, []],
  ])('step %i: instances × price, and what is paid from and until then', (number, dollars, unpriced) => {
    const step = PLAN.steps.find((each) => each.step === number);
    if (!step) throw new Error('no step');
    const cost = stepCost(PLAN, step, values);
    expect(cost.total_usd_per_s * MONTH_S).toBeCloseTo(dollars, 6);
    expect(cost.unpriced).toEqual(unpriced);
  });

  it('of other numbers of instances than the plan has', () => {
    const [step] = PLAN.steps;
    if (!step) throw new Error('no step');
    const { items } = stepCost(PLAN, step, values, () => 7);
    expect(items.map(({ kind, id, title, instances }) => [kind, id, title, instances])).toEqual([
      ['tier', 'app', undefined, 7],
      ['cost', 'cost.storage', 'Storage', undefined],
      ['cost', 'cost.egress', undefined, undefined],
    ]);
    expect((items[0]?.cost_usd_per_s ?? 0) * MONTH_S).toBeCloseTo(700, 6);
  });
});
