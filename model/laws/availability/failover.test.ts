import { expect, test } from 'vitest';
import { failoverAvailability, failoverDowntime_s } from './failover.ts';

test('a failure a month, found in 20 s and promoted in 10 s, costs 6 minutes a year', () => {
  const failover = { failures_per_year: 12, detection_s: 20, promotion_s: 10 };
  expect(failoverDowntime_s(failover)).toBe(360);
  expect(failoverAvailability(failover)).toBeCloseTo(1 - 360 / 31_536_000, 15);
});

test('is up all the time without failures, and down no longer than all the time', () => {
  expect(failoverAvailability({ failures_per_year: 0, detection_s: 20, promotion_s: 10 })).toBe(1);
  expect(failoverAvailability({ failures_per_year: 1e9, detection_s: 20, promotion_s: 10 })).toBe(0);
});

test.each(['failures_per_year', 'detection_s', 'promotion_s'])('refuses a negative %s', (name) => {
  const failover = { failures_per_year: 1, detection_s: 1, promotion_s: 1, [name]: -1 };
  expect(() => failoverDowntime_s(failover)).toThrow(name);
});
