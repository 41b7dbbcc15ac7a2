import { array, assert, double, property } from 'fast-check';
import { expect, test } from 'vitest';
import { latencyBudget, parallel_s, series_s } from './budget.ts';

const TERMS = [
  { name: 'network', time_s: 0.05 },
  { name: 'app', time_s: 0.02 },
  { name: 'database', time_s: 0.13 },
];

test('adds up, says what is left, which term is largest and what share each has', () => {
  expect(latencyBudget(TERMS, 0.25)).toEqual({
    total_s: expect.closeTo(0.2, 14),
    left_s: expect.closeTo(0.05, 14),
    largest: { name: 'database', time_s: 0.13 },
    shares: [
      { name: 'network', share: expect.closeTo(0.25, 14) },
      { name: 'app', share: expect.closeTo(0.1, 14) },
      { name: 'database', share: expect.closeTo(0.65, 14) },
    ],
  });
});

test('an overdrawn budget has less than nothing left', () => {
  expect(latencyBudget(TERMS, 0.1).left_s).toBeCloseTo(-0.1, 14);
});

test('terms without time have no shares', () => {
  const zero = { name: 'cache', time_s: 0 };
  expect(latencyBudget([zero], 1)).toEqual({
    total_s: 0,
    left_s: 1,
    largest: zero,
    shares: [{ name: 'cache', share: 0 }],
  });
});

test('side by side takes the longest, one after the other the sum', () => {
  expect(series_s([0.1, 0.2])).toBeCloseTo(0.3, 14);
  expect(parallel_s([0.1, 0.2])).toBe(0.2);
  expect([series_s([]), parallel_s([])]).toEqual([0, 0]);
  assert(
    property(array(double({ min: 0, max: 1e3, noNaN: true })), (times_s) => {
      expect(parallel_s(times_s)).toBeLessThanOrEqual(series_s(times_s));
    }),
  );
});

test('refuses no terms, no limit and negative times', () => {
  expect(() => latencyBudget([], 1)).toThrow('at least one term');
  expect(() => latencyBudget(TERMS, 0)).toThrow('limit_s');
  expect(() => latencyBudget([{ name: 'x', time_s: -1 }], 1)).toThrow('time_s');
});
