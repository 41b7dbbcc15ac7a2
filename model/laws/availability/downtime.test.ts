import { assert, double, property } from 'fast-check';
import { expect, test } from 'vitest';
import { availabilityOfDowntime, downtime_s } from './downtime.ts';

const HOUR_S = 3600;

// The table of nines, for a year of 365 days and a month of 30.
test.each([
  [0.99, 365 * 24, 87.6],
  [0.999, 365 * 24, 8.76],
  [0.9999, 365 * 24, 0.876],
  [0.99999, 365 * 24, 0.0876],
  [0.999, 30 * 24, 0.72],
  [1, 365 * 24, 0],
  [0, 24, 24],
])('%d over %d h is %d h down', (availability, period_h, down_h) => {
  expect(downtime_s(availability, period_h * HOUR_S)).toBeCloseTo(down_h * HOUR_S, 7);
});

test('counts a year when no period is given: 99.99 % leave 52.56 min', () => {
  expect(downtime_s(0.9999) / 60).toBeCloseTo(52.56, 9);
  // An hour in a month of 720.
  expect(availabilityOfDowntime(HOUR_S, 720 * HOUR_S)).toBeCloseTo(0.998611, 6);
});

test('one way and back', () => {
  assert(
    property(double({ min: 0, max: 1, noNaN: true }), double({ min: 1, max: 1e9, noNaN: true }), (a, period_s) => {
      const down_s = Math.min(period_s, downtime_s(a, period_s));
      expect(availabilityOfDowntime(down_s, period_s)).toBeCloseTo(a, 12);
    }),
  );
});

test('refuses a downtime longer than its period, and periods without length', () => {
  expect(() => availabilityOfDowntime(11, 10)).toThrow('does not fit');
  expect(() => downtime_s(0.9, 0)).toThrow(RangeError);
  expect(() => downtime_s(99)).toThrow(RangeError);
});
