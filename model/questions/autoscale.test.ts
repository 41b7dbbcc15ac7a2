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
    // Minutes × instances from 00:00 on, as the schedule below has them, and 3 minutes of booting.
    const minutes = 8 * 8 + 5 * 7 + 5 * 6 + 346 * 5 + 2 * 6 + 2 * 7 + 352 * 8 + 3;
    expect(answer.autoscaled.instanceHours).toBeCloseTo(minutes / 60, 9);
    expect(answer.saving).toBeCloseTo(1 - minutes / 60 / 96, 12);
  });

  it('puts the saving in money: $73 a month are $0.10 an hour', () => {
    expect(answer.cost?.price_usd_per_h).toBeCloseTo(0.1, 12);
    expect(answer.cost?.constant_usd).toBeCloseTo(9.6, 12);
    expect(answer.cost?.saving_usd).toBeCloseTo(9.6 * answer.saving, 12);
    expect(ask(plan('')).cost).toBeNull();
  });

  it('follows the load up and down once a period, and ends as it began', () => {
    const { schedule, instancesHigh, instancesLow, overloaded_s, highestUtilisation } = answer.autoscaled;
    // 200 and 600 req/s, with ramps of 40 req/s a minute: 400 - 40 m at 00:00 and 400 + 40 m at 06:00. Below 40 % of 8
    // instances, 320 req/s, from 00:03 on; of 5, 200 req/s, never. Above 80 % of 5, 400 req/s, from 06:01 on; of 8 never.
    expect(schedule.map(({ at_s, to }) => [at_s / 60, to])).toEqual([
      [8, 7],
      [13, 6],
      [18, 5],
      [364, 6],
      [366, 7],
      [368, 8],
    ]);
    expect([instancesLow, instancesHigh]).toEqual([5, 8]);
    // At 06:03 five instances have 520 req/s, at 06:04 six have 560.
    expect(overloaded_s).toBe(60);
    expect(highestUtilisation).toBeCloseTo(1.04, 12);
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
    // The day is at its highest from 06:05 on, when 6 instances run; twice 600 req/s need 12: one every two minutes.
    const { spike } = ask(plan(), 'sale');
    expect(spike).toMatchObject({ from_s: 365 * 60, duration_s: 3600, limitedByMax: false });
    expect(spike?.overloaded_s).toBe(spike?.caughtUpAfter_s);
    // 7, 8, 9, 10, 11, 12 instances run after 1, 3, 5, 7, 9, 11 minutes.
    expect(spike?.caughtUpAfter_s).toBe(11 * 60);
    expect(spike?.run.highestUtilisation).toBeCloseTo(2, 12);
  });

  it('may be over before, bound by the most instances that there can be', () => {
    const { spike } = ask(plan(), 'viral');
    expect(spike).toMatchObject({ factor: 55, factorLow: 10, factorHigh: 100, caughtUpAfter_s: null });
    expect(spike).toMatchObject({ overloaded_s: 1800, limitedByMax: true, run: { instancesHigh: 12 } });
  });

  it('is followed over all periods that it touches', () => {
    const { spike } = ask(plan(), 'campaign');
    // At 06:05 six instances have 606 req/s; in later periods 404 req/s at 06:00 pass 80 % a minute earlier than without.
    expect(spike).toMatchObject({ overloaded_s: 60, caughtUpAfter_s: 60, run: { length_s: 5 * 12 * 3600 } });
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
