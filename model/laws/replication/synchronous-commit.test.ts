import { expect, test } from 'vitest';
import { createRandom } from '../../random/random.ts';
import { commitWait_s, commitWaitPercentile_s } from './synchronous-commit.ts';

// Harmonic numbers: H(3) = 11/6; the second of three is 1/3 + 1/2.
test.each([
  [0, 3, 0],
  [1, 1, 1],
  [1, 3, 1 / 3],
  [2, 3, 5 / 6],
  [3, 3, 11 / 6],
])('%i of %i acknowledgements take %d means', (acknowledgements, replicas, expected) => {
  expect(commitWait_s(0.002, acknowledgements, replicas)).toBeCloseTo(0.002 * expected, 15);
});

test('the median of the slowest of two is -ln(1 - sqrt(1/2)) means', () => {
  expect(commitWaitPercentile_s(1, 2, 0.5)).toBeCloseTo(1.2279471772995, 12);
  expect(commitWaitPercentile_s(0.01, 1, 0.99)).toBeCloseTo(0.01 * Math.log(100), 14);
  expect(commitWaitPercentile_s(0, 3, 0.99)).toBe(0);
  // One in a million replicas, and a percentile next to 1: -ln(1 - p^(1/r)) = -ln((1 - p) / r).
  expect(commitWaitPercentile_s(1, 1e6, 1 - 2 ** -53)).toBeCloseTo(53 * Math.LN2 + Math.log(1e6), 6);
});

test('commits that are played through agree', () => {
  const random = createRandom(8, 'commit');
  const commits = 50_000;
  const bound_s = commitWaitPercentile_s(1, 3, 0.95);
  let second_s = 0;
  let within = 0;
  for (let i = 0; i < commits; i++) {
    const [, second = 0, slowest = 0] = Array.from({ length: 3 }, () => random.exponential()).toSorted((a, b) => a - b);
    second_s += second / commits;
    if (slowest <= bound_s) within++;
  }
  // Standard deviations 0.0027 and 0.00097.
  expect(Math.abs(second_s - commitWait_s(1, 2, 3))).toBeLessThan(0.012);
  expect(Math.abs(within / commits - 0.95)).toBeLessThan(0.004);
});

test('refuses more acknowledgements than replicas, and percentiles that are none', () => {
  expect(() => commitWait_s(1, 4, 3)).toThrow('3 replicas cannot give 4');
  expect(() => commitWait_s(-1, 1, 3)).toThrow('mean_s');
  for (const p of [0, 1, 99]) expect(() => commitWaitPercentile_s(1, 3, p)).toThrow('percentile');
});
