import { array, assert, double, integer, property, record, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { simulateAutoscale } from '../../questions/autoscale-simulate.ts';
import type { AutoscaleRule } from '../system.ts';
import { Autoscaler } from './autoscaler.ts';

/** Instances that run at each second, the tier being a fluid that each of them carries one unit of. */
function runningOver(rule: AutoscaleRule, initial: number, demand: readonly number[]): number[] {
  const autoscaler = new Autoscaler(rule, initial);
  let running = initial;
  let readyAt_s = Infinity;
  return demand.map((load, now_s) => {
    if (now_s >= readyAt_s) {
      autoscaler.started();
      running++;
      readyAt_s = Infinity;
    }
    const decision = autoscaler.observe(now_s, load / running);
    if (decision === 1) readyAt_s = now_s + rule.boot_s;
    if (decision === -1) running--;
    return running;
  });
}

const seconds = (min: number) => integer({ min, max: 6 });
const RULES = record({
  min: integer({ min: 1, max: 2 }),
  max: integer({ min: 2, max: 6 }),
  outAbove: double({ min: 0.5, max: 0.9, noNaN: true }),
  outAfter_s: seconds(0),
  inBelow: double({ min: 0.1, max: 0.4, noNaN: true }),
  inAfter_s: seconds(0),
  boot_s: seconds(1),
});

test('decides as the fluid model of the same rule', () => {
  // Loads that stay for a while, so that thresholds are held.
  const stretch = tuple(double({ min: 0, max: 6, noNaN: true }), integer({ min: 1, max: 20 }));
  const demands = array(stretch, { minLength: 1, maxLength: 10, size: 'max' }).map((stretches) =>
    stretches.flatMap(([load, duration_s]) => Array.from({ length: duration_s }, () => load)),
  );
  assert(
    property(RULES, demands, (rule, demand) => {
      const initial = 2;
      const fluid = simulateAutoscale({ rule, capacity: 1, demand, tick_s: 1, initial });
      expect(runningOver(rule, initial, demand)).toEqual(fluid.map(({ running }) => running));
    }),
  );
});

const RULE: AutoscaleRule = { min: 1, max: 3, outAbove: 0.7, outAfter_s: 2, inBelow: 0.3, inAfter_s: 3, boot_s: 60 };

test('a threshold is held without interruption, then begins anew', () => {
  const autoscaler = new Autoscaler(RULE, 1);
  const observed = [0.8, 0.8, 0.7, 0.8, 0.8, 0.8, 0.8].map((utilisation, now_s) =>
    autoscaler.observe(now_s, utilisation),
  );
  expect(observed).toEqual([0, 0, 0, 0, 0, 1, 0]);
});

test('a threshold held for just as long counts, whatever rounding does', () => {
  const autoscaler = new Autoscaler({ ...RULE, outAfter_s: 0.2 }, 1);
  // 0.3 - 0.1 is less than 0.2 in floating point.
  expect([0.1, 0.2, 0.3].map((now_s) => autoscaler.observe(now_s, 1))).toEqual([0, 0, 1]);
});

test('nothing is decided while an instance boots, nor beyond the limits', () => {
  const autoscaler = new Autoscaler(RULE, 2);
  const decisions = (from_s: number, utilisation: number): number[] =>
    Array.from({ length: 10 }, (_, i) => autoscaler.observe(from_s + i, utilisation)).filter(
      (decision) => decision !== 0,
    );
  expect(decisions(0, 1)).toEqual([1]);
  expect(decisions(10, 0)).toEqual([]);
  autoscaler.started();
  expect(decisions(20, 1)).toEqual([]);
  expect(decisions(30, 0)).toEqual([-1, -1]);
});

test('an instance that nobody started cannot come up', () => {
  expect(() => new Autoscaler(RULE, 1).started()).toThrow('no instance is booting');
});
