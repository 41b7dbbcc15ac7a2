import { expect, test } from 'vitest';
import { TIMEOUT } from '../record/outcome.ts';
import { runByHand } from '../testing/run-by-hand.ts';
import { pooledPercentile } from './pooled-percentile.ts';

const seen = (seed: number): ReturnType<typeof runByHand>['observation'] => runByHand({ seed }).observation;

test('needs enough requests, which replications have together', () => {
  const few = runByHand({ rate_per_s: () => 30 }).observation;
  expect(pooledPercentile([few], 99.9)).toBeNull();
  const far = pooledPercentile([seen(1), seen(2), seen(3)], 99.9);
  // ln 1000 times the mean, of an exponential distribution: 69 ms.
  expect(far?.low_s).toBeLessThan(0.0691);
  expect(far?.high_s).toBeGreaterThan(0.0691);
  expect(far?.samples).toBeGreaterThan(17_000);
  expect(far?.censored).toBe(false);
});

test('is the same for the only class, and null for none', () => {
  expect(pooledPercentile([seen(1)], 99, 'search')).toEqual(pooledPercentile([seen(1)], 99));
  expect(pooledPercentile([seen(1)], 99, 'checkout')).toBeNull();
  expect(pooledPercentile([], 99)).toBeNull();
});

test('is a lower bound among requests that never answered', () => {
  const timeouts = runByHand({ response_s: () => 2, outcome: () => TIMEOUT }).observation;
  expect(pooledPercentile([timeouts], 99)).toMatchObject({ censored: true });
});
