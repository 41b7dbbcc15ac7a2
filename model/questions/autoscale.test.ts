import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../plan/plan.ts';
import { readPlan } from '../plan/read-plan.ts';
import { autoscale, peakLoad } from './autoscale.ts';
import type { AutoscaleAnswer } from './autoscale.ts';

// Six hours at a third of the load of the other six. The peak of 600 req/s needs 7.2, so 8 instances with headroom.
function plan(tier = 'headroom: 20 %, price: $73/server/month, '): Plan {
  return readPlan(
    'p.yaml',
    `
plan: p
assume:
  load: 600 req/s
patterns:
  daily: { period: 12 h, factors: { night: 1, day: 3 } }
spikes:
  sale: { factor: 2, duration: 1 h }
  viral: { factor: 10..100, duration: 30 min }
  campaign: { factor: 1.01, duration: 2 days }
architecture:
  - step: 1
    name: one
    tiers:
      app:
        { kind: express, instances: 8, demand: load, capacity: 100 req/s/server, ${tier}
          autoscale: { min: 2, max: 12, out_above: 80 %, out_after: 2 min, in_below: 40 %, in_after: 5 min, boot: 1 min } }
`,
  );
}

function ask(read: Plan, spikeName?: string): AutoscaleAnswer {
  const [step] = read.steps;
  const [tier] = step?.tiers ?? [];
  const [pattern] = read.patterns;
  const spike = read.spikes.find(({ name }) => name === spikeName);
  if (!step || !tier?.autoscale || !pattern) throw new Error('the plan of this test is incomplete');
  return autoscale(read, { step, tier, rule: tier.autoscale, pattern, ...(spike ? { spike } : {}) });
}

describe('autoscale', () => {
  const answer = ask(plan());

  it('holds the rule against instances for the peak with its headroom all the time', () => {
    expect(answer.constant).toEqual({ instances: 8, instanceHours: 96, utilisation: 0.75 });
    expect(answer.saving).toBeCloseTo(1 - answer.autoscaled.instanceHours / 96, 12);
    expect(answer.saving).toBeGreaterThan(0.1);
  });

  it('puts the saving in money: $73 a month are $0.10 an hour', () => {
    expect(answer.cost?.price_usd_per_h).toBeCloseTo(0.1, 12);
    expect(answer.cost?.constant_usd).toBeCloseTo(9.6, 12);
    expect(answer.cost?.saving_usd).toBeCloseTo(9.6 * answer.saving, 12);
    expect(ask(plan('')).cost).toBeNull();
  });

  it('follows the load up and down once a period, and ends as it began', () => {
    const { schedule, instancesHigh, instancesLow, overloaded_s } = answer.autoscaled;
    const sum = schedule.reduce((total, { from, to }) => total + to - from, 0);
    expect([sum, overloaded_s]).toEqual([0, 0]);
    // 600 req/s at 80 % at most; 40 % of 7 instances are 280 req/s, of 6 are 240, of 5 are 200.
    expect([instancesLow, instancesHigh]).toEqual([5, 8]);
  });

  it('cuts the period into hours and a curve without losing any of it', () => {
    const { hours, series, instanceHours } = answer.autoscaled;
    expect(hours).toHaveLength(12);
    for (const cut of [hours, series]) {
      expect(cut.reduce((total, stretch) => total + stretch.instanceHours, 0)).toBeCloseTo(instanceHours, 9);
    }
    expect(series.length).toBeLessThanOrEqual(240);
    expect(hours[0]?.part).toBe('night');
    expect(hours[6]?.part).toBe('day');
  });

  it("never has more than the tier's max_instances", () => {
    const bounded = ask(plan('max_instances: 8, '));
    expect(bounded.rule.max).toBe(8);
  });
});

describe('a spike', () => {
  it('overloads from the peak on until scaling has caught up', () => {
    // From 8 instances at 600 req/s twice the load is 1,200 req/s, falling: one instance every two minutes.
    const { spike } = ask(plan(), 'sale');
    expect(spike).toMatchObject({ from_s: 9 * 3600, duration_s: 3600, limitedByMax: false });
    expect(spike?.overloaded_s).toBe(spike?.caughtUpAfter_s);
    // 9, 10, 11 instances run after 3, 5, 7 minutes; then 1,200 × (1 - 7 / 540) = 1,184 req/s, one more after 9 minutes.
    expect(spike?.caughtUpAfter_s).toBe(9 * 60);
    expect(spike?.run.highestUtilisation).toBeCloseTo(1.5, 12);
  });

  it('may be over before, bound by the most instances that there can be', () => {
    const { spike } = ask(plan(), 'viral');
    expect(spike).toMatchObject({ factor: 55, factorLow: 10, factorHigh: 100, caughtUpAfter_s: null });
    expect(spike).toMatchObject({ overloaded_s: 1800, limitedByMax: true, run: { instancesHigh: 12 } });
  });

  it('is followed over all periods that it touches', () => {
    const { spike } = ask(plan(), 'campaign');
    expect(spike).toMatchObject({ overloaded_s: 0, caughtUpAfter_s: 0, run: { length_s: 5 * 12 * 3600 } });
  });
});

describe('peakLoad', () => {
  const [tier] = plan().steps[0]?.tiers ?? [];
  const needed = (load: number): number => {
    const read = readPlan('p.yaml', `plan: p\nassume:\n  load: ${load} req/s\n`);
    return (tier && peakLoad(read, tier)?.needed) ?? 0;
  };

  it('needs no fewer instances for more load', () => {
    const load = fc.integer({ min: 1, max: 100_000 });
    fc.assert(
      fc.property(load, load, (a, b) => {
        expect(needed(Math.min(a, b))).toBeLessThanOrEqual(needed(Math.max(a, b)));
      }),
      { numRuns: 50 },
    );
  });

  it('is refused where nothing arrives', () => expect(needed(0)).toBe(0));
});
