import { assert, double, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { allTriesFailProbability, meanTries, retrySchedule } from './retry.ts';

test.each([
  [{ first_s: 5, factor: 5, retries: 3 }, [5, 25, 125], 155],
  [{ first_s: 1, factor: 2, retries: 5, delayMax_s: 6 }, [1, 2, 4, 6, 6], 19],
  [{ first_s: 2, factor: 1, retries: 2 }, [2, 2], 4],
  [{ first_s: 2, factor: 2, retries: 0 }, [], 0],
])('%j', (policy, delays_s, total_s) => {
  expect(retrySchedule(policy)).toEqual({ delays_s, tries: delays_s.length + 1, total_s });
});

test('a limit keeps any schedule finite; without one it is refused where numbers end', () => {
  const policy = { first_s: 1, factor: 10, retries: 400 };
  expect(() => retrySchedule(policy)).toThrow(RangeError);
  expect(retrySchedule({ ...policy, delayMax_s: 60 }).total_s).toBe(1 + 10 + 398 * 60);
});

test.each([
  [0.1, 4, 1e-4, 1.111],
  [0.5, 2, 0.25, 1.5],
  [1, 4, 1, 4],
  [0, 4, 0, 1],
])('each try fails with %d: all %i with %d, and %d tries on average', (failure, tries, all, mean) => {
  expect(allTriesFailProbability(failure, tries)).toBeCloseTo(all, 14);
  expect(meanTries(failure, tries)).toBeCloseTo(mean, 14);
});

test('the mean number of tries is (1 - p^n) / (1 - p)', () => {
  assert(
    property(double({ min: 0, max: 0.99, noNaN: true }), integer({ min: 1, max: 50 }), (p, n) => {
      expect(meanTries(p, n)).toBeCloseTo((1 - allTriesFailProbability(p, n)) / (1 - p), 9);
    }),
  );
});

test('refuses what is no schedule', () => {
  expect(() => retrySchedule({ first_s: -1, factor: 2, retries: 1 })).toThrow('first_s');
  expect(() => retrySchedule({ first_s: 1, factor: 0, retries: 1 })).toThrow('factor');
  expect(() => retrySchedule({ first_s: 1, factor: 2, retries: 1, delayMax_s: NaN })).toThrow('delayMax_s');
  expect(() => allTriesFailProbability(0.5, 0)).toThrow('tries');
  expect(() => meanTries(2, 1)).toThrow('failure');
});
