import { expect, test } from 'vitest';
import { createRandom } from '../../random/random.ts';
import { lindleyWaits } from '../testing/lindley.ts';
import { replicationInterval, replicationsFor } from './replication-interval.ts';

test('a worked example: ten replications of the mean delay in a bank', () => {
  // A. M. Law, Simulation Modeling and Analysis, table 9.1 and section 9.4.1: mean 2.03, variance 0.31, ± 0.32 at 90 % with
  // t = 1.833; at 95 % t(9) is 2.262.
  const delays = [1.53, 1.66, 1.24, 2.34, 2.0, 1.69, 2.69, 2.86, 1.7, 2.6];
  const { mean, halfWidth95, deviation } = replicationInterval(delays);
  expect(mean).toBeCloseTo(2.03, 2);
  expect((deviation ?? 0) ** 2).toBeCloseTo(0.31, 2);
  expect(((halfWidth95 ?? 0) * 1.833) / 2.262).toBeCloseTo(0.32, 2);
});

test('one value has no interval, equal values one of no width, none is a mistake', () => {
  expect(replicationInterval([7])).toEqual({ mean: 7, halfWidth95: null, deviation: null });
  expect(replicationInterval([3, 3, 3])).toEqual({ mean: 3, halfWidth95: 0, deviation: 0 });
  expect(replicationInterval(Array.from({ length: 6 }, () => 0.55))).toEqual({
    mean: 0.55,
    halfWidth95: 0,
    deviation: 0,
  });
  expect(() => replicationInterval([])).toThrow(RangeError);
});

test.each([
  // t(n - 1) / sqrt(n) <= half width / deviation: 2.776 / sqrt(5) = 1.241, 2.571 / sqrt(6) = 1.050, 2.447 / sqrt(7) = 0.925.
  [1.25, 1, 5],
  [1.24, 1, 6],
  [1, 1, 7],
  [0.2, 1, 99],
  [1, 0, 2],
  [0, 1, Infinity],
  [0.001, 1, Infinity],
])('± %d at a deviation of %d needs %d replications', (halfWidth, deviation, needed) => {
  expect(replicationsFor(halfWidth, deviation)).toBe(needed);
});

test('95 % intervals hold the true waiting time in about 95 of 100 experiments', () => {
  // M/M/1 at utilisation 0.7: W = rho / (1 - rho) service times.
  const truth = 0.7 / 0.3;
  let covered = 0;
  for (let seed = 0; seed < 100; seed++) {
    const means = Array.from({ length: 8 }, (_, replication) => {
      const waits = lindleyWaits(0.7, 3_000, createRandom(seed, `replication ${replication}`));
      return waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
    });
    const { mean, halfWidth95 } = replicationInterval(means);
    if (Math.abs(mean - truth) <= (halfWidth95 ?? 0)) covered++;
  }
  expect(covered).toBeGreaterThanOrEqual(90);
  expect(covered).toBeLessThanOrEqual(99);
});
