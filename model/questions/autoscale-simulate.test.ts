import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { figuresOf } from './autoscale-figures.ts';
import { simulateAutoscale } from './autoscale-simulate.ts';

const RULE = { min: 1, max: 10, outAbove: 0.7, outAfter_s: 120, inBelow: 0.3, inAfter_s: 300, boot_s: 60 };
const constant = (load: number, minutes: number): number[] => Array.from({ length: minutes }, () => load);
const STEP_LOAD = [...constant(50, 5), ...constant(250, 15), ...constant(20, 20)];

function run(demand: readonly number[], rule = RULE): ReturnType<typeof simulateAutoscale> {
  return simulateAutoscale({ rule, capacity: 100, demand, tick_s: 60, initial: rule.min });
}

describe('simulateAutoscale', () => {
  // Load jumps in minute 5. Two minutes above 70 %, one to boot: up in minutes 8, 10, 12; four carry it at 62.5 %. It falls in
  // minute 20; every five minutes one goes.
  const ticks = run(STEP_LOAD);
  const running = ticks.map((tick) => tick.running);

  it('follows a step load by its waiting and boot times', () => {
    const changes = running.flatMap((now, minute) => (now === (running[minute - 1] ?? now) ? [] : [[minute, now]]));
    expect(changes).toEqual([
      [8, 2],
      [10, 3],
      [12, 4],
      [25, 3],
      [30, 2],
      [35, 1],
    ]);
  });

  it('is overloaded until enough instances run', () => {
    const overloaded = ticks.flatMap(({ utilisation }, minute) => (utilisation > 1 ? [minute] : []));
    expect(overloaded).toEqual([5, 6, 7, 8, 9]);
    expect(ticks[5]?.utilisation).toBe(2.5);
  });

  it('counts an instance as booting from the decision on', () => {
    expect(ticks.flatMap(({ booting }, minute) => (booting > 0 ? [minute] : []))).toEqual([7, 9, 11]);
  });

  it('sums up what happened, booting instances included', () => {
    const whole = { period_s: 2400, parts: [{ label: '', from_s: 0, to_s: 2400, factor: 1 }] };
    const { instanceHours, overloaded_s, highestUtilisation, schedule } = figuresOf(ticks, undefined, 60, whole);
    // 8 × 1 + 2 × 2 + 2 × 3 + 13 × 4 + 5 × 3 + 5 × 2 + 5 × 1 running, 3 × 1 booting.
    expect(instanceHours).toBeCloseTo(103 / 60, 12);
    expect([overloaded_s, highestUtilisation, schedule.length]).toEqual([300, 2.5, 6]);
  });

  it('decides nothing while an instance boots', () => {
    const slow = run(constant(250, 30), { ...RULE, boot_s: 600 }).map((tick) => tick.running);
    expect([slow[11], slow[12], slow[21], slow[22], slow[29]]).toEqual([1, 2, 2, 3, 3]);
  });

  it('adds at once what needs no time to boot', () => {
    expect(run(constant(250, 8), { ...RULE, boot_s: 0 }).map((tick) => tick.running)).toEqual([1, 1, 2, 2, 3, 3, 4, 4]);
  });

  it('waits whole minutes', () => {
    const odd = run(constant(90, 6), { ...RULE, outAfter_s: 61, boot_s: 30 });
    expect(odd.map((tick) => tick.running)).toEqual([1, 1, 1, 2, 2, 2]);
  });
});

const ruleArbitrary = fc
  .record({
    min: fc.integer({ min: 1, max: 5 }),
    more: fc.integer({ min: 0, max: 20 }),
    outAbove: fc.integer({ min: 20, max: 100 }),
    outAfter_s: fc.integer({ min: 0, max: 600 }),
    inAfter_s: fc.integer({ min: 0, max: 600 }),
    boot_s: fc.integer({ min: 0, max: 600 }),
  })
  // Below half of the upper threshold one instance less can never lead to one more.
  .map(({ more, outAbove, ...rule }) => ({
    ...rule,
    max: rule.min + more,
    outAbove: outAbove / 100,
    inBelow: outAbove / 250,
  }));

describe('whatever the rule and the load', () => {
  it('instances stay within its bounds, and cost at most what the most of them cost all the time', () => {
    const load = fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(ruleArbitrary, load, (rule, demand) => {
        const ticks = run(demand, rule);
        for (const { running, booting } of ticks) {
          expect(running).toBeGreaterThanOrEqual(rule.min);
          expect(running + booting).toBeLessThanOrEqual(rule.max);
        }
        const whole = { period_s: 60 * demand.length, parts: [] };
        const { instanceHours } = figuresOf(ticks, undefined, 60, whole);
        expect(instanceHours).toBeLessThanOrEqual((rule.max * demand.length) / 60 + 1e-9);
      }),
    );
  });

  it('a steady load comes to rest at the fewest instances below the threshold, so that more load never has fewer', () => {
    const load = fc.integer({ min: 0, max: 3000 });
    fc.assert(
      fc.property(ruleArbitrary, load, load, (rule, a, b) => {
        const rest = [Math.min(a, b), Math.max(a, b)].map((demand) => {
          const end = run(constant(demand, 22 * 20), rule).at(-1)?.running ?? 0;
          const enough = Math.ceil(demand / (100 * rule.outAbove) - 1e-9);
          expect(end).toBe(Math.min(rule.max, Math.max(rule.min, enough)));
          return end;
        });
        expect(rest[0]).toBeLessThanOrEqual(rest[1] ?? 0);
      }),
      { numRuns: 50 },
    );
  });
});
