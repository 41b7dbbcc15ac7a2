import { expect, test } from 'vitest';
import type { CallPolicy } from '../system.ts';
import { Stream } from '../variates/stream.ts';
import { backoff_s } from './backoff.ts';

const POLICY: CallPolicy = {
  timeout_s: 1,
  attempts: 5,
  backoff_s: 0.1,
  multiplier: 2,
  backoffMax_s: 0.5,
  jitter: false,
  pool: 10,
  breaker: null,
  optional: false,
};
const STREAM = new Stream(1, 'backoff');

test.each([
  [1, 0.1],
  [2, 0.2],
  [3, 0.4],
  [4, 0.5],
  [1000, 0.5],
])('after %d failed attempts the wait is %d s', (failedAttempts, wait_s) => {
  expect(backoff_s(POLICY, failedAttempts, STREAM)).toBeCloseTo(wait_s, 12);
});

test('with full jitter it is uniform between 0 and that', () => {
  const waits = Array.from({ length: 10_000 }, () => backoff_s({ ...POLICY, jitter: true }, 3, STREAM));
  expect(Math.max(...waits)).toBeLessThan(0.4);
  const mean = waits.reduce((sum, wait_s) => sum + wait_s, 0) / waits.length;
  // Four standard errors of a uniform variable.
  expect(Math.abs(mean - 0.2)).toBeLessThan((4 * 0.4) / Math.sqrt(12 * waits.length));
});

test('no back-off is none, and no limit is no trouble', () => {
  expect(backoff_s({ ...POLICY, backoff_s: 0, backoffMax_s: Infinity }, 50, STREAM)).toBe(0);
  expect(backoff_s({ ...POLICY, backoffMax_s: Infinity }, 4, STREAM)).toBeCloseTo(0.8, 12);
});
