import { describe, expect, it } from 'vitest';
import { Values } from '../plan/compute.ts';
import { readPlan } from '../plan/read-plan.ts';
import { tierSize } from './tier-size.ts';
import type { TierSize } from './tier-size.ts';

const RULE =
  'autoscale: { min: 3, max: 9, out_above: 70 %, out_after: 1 min, in_below: 30 %, in_after: 1 min, boot: 1 s }';

function sizeOf(tier: string, load_per_s: number): TierSize {
  const head = 'plan: p\nassume: { load: 60 req/s }\narchitecture:\n  - { step: 1, name: one, tiers: { it: { ';
  const plan = readPlan('p.yaml', `${head}${tier} } } }\n`);
  const [planned] = plan.steps[0]?.tiers ?? [];
  if (!planned) throw new Error('no tier');
  return tierSize(planned, new Values(plan.quantities, new Map([['load', load_per_s]])));
}

describe('the size of a tier', () => {
  it.each([
    ['120 × 1.5 / 70 = 2.57', 120, 'capacity: 70 req/s, headroom: 50 %', 3],
    ['120 × 1.5 / 60 = 3', 120, 'capacity: 60 req/s, headroom: 50 %', 3],
    ['120 / 70 = 1.71', 120, 'capacity: 70 req/s', 2],
    ['nothing to carry', 0, 'capacity: 70 req/s', 1],
    ['nothing to carry, but autoscaling', 0, `capacity: 70 req/s, ${RULE}`, 3],
    ['no capacity left', 120, 'capacity: 100 req/s - load', Infinity],
    ['no capacity left, and nothing to carry', 0, 'capacity: load', Infinity],
  ])('%s', (_, load_per_s, tier, needed) => {
    const size = sizeOf(`kind: express, instances: 4, demand: load, ${tier}`, load_per_s);
    expect(size).toMatchObject({ demand: load_per_s, provided: 4, needed, limit: null });
  });

  it('never takes a capacity for less than nothing', () => {
    expect(sizeOf('kind: express, instances: 1, demand: load, capacity: 100 req/s - load', 120).capacity).toBe(0);
  });

  it.each([
    ['kind: postgres, instances: 1', 1],
    ['kind: external, instances: 1', 1],
    ['kind: postgres, instances: 2', null],
    ['kind: postgres, instances: 1, max_instances: 4', 4],
    ['kind: express, instances: 1', null],
    ['kind: express, instances: 2, max_instances: 2', 2],
  ])('%s: at most %s', (tier, limit) => {
    expect(sizeOf(`${tier}, demand: load, capacity: 60 req/s`, 120)).toMatchObject({ needed: 2, limit });
  });
});
