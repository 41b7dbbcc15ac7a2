import { assert, boolean, constantFrom, double, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from '../../random/random.ts';
import { behindProbability } from './lag.ts';
import type { Lag } from './lag.ts';
import { anyReplicaBehindProbability, staleReadProbability, timeToFresh_s } from './stale-read.ts';

const EXPONENTIAL: Lag = { distribution: 'exponential', mean_s: 0.5 };
const FIXED: Lag = { distribution: 'fixed', lag_s: 0.5 };
const REPLICAS = { replicas: 3, primaryReads: false };
const ALL = { replicas: 3, primaryReads: true };

test.each([
  [EXPONENTIAL, 0, REPLICAS, 1],
  [EXPONENTIAL, 0.5, REPLICAS, 1 / Math.E],
  [EXPONENTIAL, 0.5, ALL, 0.75 / Math.E],
  [EXPONENTIAL, 1e6, ALL, 0],
  [FIXED, 0.499, REPLICAS, 1],
  [FIXED, 0.499, ALL, 0.75],
  [FIXED, 0.5, ALL, 0],
  [{ distribution: 'exponential', mean_s: 0 } as const, 0, ALL, 0],
  [EXPONENTIAL, 0.1, { replicas: 0, primaryReads: true }, 0],
])('%j, %d s after the write, %j: %d', (lag, since_s, routing, expected) => {
  expect(staleReadProbability(lag, since_s, routing)).toBeCloseTo(expected, 14);
});

test('reads that are played through agree', () => {
  const random = createRandom(2, 'stale');
  const reads = 100_000;
  let stale = 0;
  let anyBehind = 0;
  for (let i = 0; i < reads; i++) {
    const lags_s = Array.from({ length: 3 }, () => 0.5 * random.exponential());
    // Server 3 is the primary, which never lags.
    if ((lags_s[random.below(4)] ?? 0) > 0.4) stale++;
    if (lags_s.some((lag_s) => lag_s > 0.4)) anyBehind++;
  }
  expect(Math.abs(stale / reads - staleReadProbability(EXPONENTIAL, 0.4, ALL))).toBeLessThan(0.006);
  expect(Math.abs(anyBehind / reads - anyReplicaBehindProbability(EXPONENTIAL, 0.4, 3))).toBeLessThan(0.006);
});

test('after timeToFresh_s a read is stale with at most that probability, and just before with more', () => {
  const lags = constantFrom(EXPONENTIAL, FIXED);
  const probability = double({ min: 1e-9, max: 1, noNaN: true });
  assert(
    property(lags, probability, integer({ min: 1, max: 9 }), boolean(), (lag, limit, replicas, primaryReads) => {
      const routing = { replicas, primaryReads };
      const time_s = timeToFresh_s(lag, limit, routing);
      expect(staleReadProbability(lag, time_s, routing)).toBeLessThanOrEqual(limit * (1 + 1e-12));
      if (time_s > 0)
        expect(staleReadProbability(lag, time_s * 0.999_999, routing)).toBeGreaterThan(limit * (1 - 1e-12));
    }),
  );
});

test('time until 1 % are stale: 0.5 ln 100', () => {
  expect(timeToFresh_s(EXPONENTIAL, 0.01, REPLICAS)).toBeCloseTo(0.5 * Math.log(100), 14);
  expect(timeToFresh_s(FIXED, 0.01, REPLICAS)).toBe(0.5);
  expect(timeToFresh_s(FIXED, 0.8, ALL)).toBe(0);
});

test('any of several is behind more often than one', () => {
  expect(anyReplicaBehindProbability(EXPONENTIAL, 0.5, 0)).toBe(0);
  expect(anyReplicaBehindProbability(EXPONENTIAL, 0.5, 1)).toBeCloseTo(behindProbability(EXPONENTIAL, 0.5), 15);
  expect(anyReplicaBehindProbability(EXPONENTIAL, 0.5, 3)).toBeCloseTo(1 - (1 - 1 / Math.E) ** 3, 14);
});

test('refuses a probability of 0, no one to read from, and times before the write', () => {
  expect(() => timeToFresh_s(EXPONENTIAL, 0, REPLICAS)).toThrow('above 0');
  expect(() => staleReadProbability(EXPONENTIAL, 1, { replicas: 0, primaryReads: false })).toThrow('replicas');
  expect(() => staleReadProbability(EXPONENTIAL, -1, REPLICAS)).toThrow('since_s');
  expect(() => behindProbability({ distribution: 'fixed', lag_s: -1 }, 0)).toThrow('lag_s');
});
