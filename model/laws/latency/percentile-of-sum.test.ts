import { assert, array, constantFrom, double, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../random/random.ts';
import { normalQuantile } from '../../uncertainty/normal-quantile.ts';
import { lognormalTerm, percentileOfSum_s } from './percentile-of-sum.ts';
import type { RandomTerm } from './percentile-of-sum.ts';

const exponential = (mean_s: number): RandomTerm => ({ distribution: 'exponential', mean_s });
const lognormal = (median_s: number, sigma: number): RandomTerm => ({ distribution: 'lognormal', median_s, sigma });

describe('is exact', () => {
  test('for one term of either kind', () => {
    expect(percentileOfSum_s([exponential(0.1)], 0.99)).toBeCloseTo(0.1 * Math.log(100), 12);
    expect(percentileOfSum_s([lognormal(0.1, 0.5)], 0.95)).toBeCloseTo(0.1 * Math.exp(0.5 * 1.644853626951473), 12);
    expect(percentileOfSum_s([lognormalTerm(0.1, 0.3)], 0.95)).toBeCloseTo(0.3, 12);
    expect(percentileOfSum_s([lognormalTerm(0.1, 0.3)], 0.5)).toBeCloseTo(0.1, 12);
  });

  test('for equal exponentials, which make an Erlang distribution', () => {
    // Half of 18.307, chi-square with 10 degrees of freedom.
    expect(percentileOfSum_s(Array(5).fill(exponential(1)), 0.95)).toBeCloseTo(9.1535, 4);
  });

  test('for terms that do not vary', () => {
    expect(percentileOfSum_s([lognormal(0.1, 0), lognormal(0.2, 0)], 0.99)).toBeCloseTo(0.3, 14);
    expect(percentileOfSum_s([exponential(0)], 0.99)).toBe(0);
  });
});

// The hypoexponential distribution with means 1, 2 and 5, with 30 digits.
test.each([
  [0.5, 6.688852],
  [0.95, 18.636553],
  [0.99, 26.694632],
])('unequal exponentials at %d: %d within 4 percent', (p, expected) => {
  const found = percentileOfSum_s([1, 2, 5].map(exponential), p);
  expect(Math.abs(found / expected - 1)).toBeLessThan(0.04);
});

/** Empirical percentiles of 100,000 sums. */
function sampled(terms: readonly RandomTerm[], ps: readonly number[]): number[] {
  const random = createRandom(6, 'sums');
  const draw = (term: RandomTerm): number =>
    term.distribution === 'exponential'
      ? term.mean_s * random.exponential()
      : term.median_s * Math.exp(term.sigma * normalQuantile(random.uniform() || 0.5));
  const sums = Float64Array.from({ length: 100_000 }, () =>
    terms.reduce((sum, term) => sum + draw(term), 0),
  ).toSorted();
  return ps.map((p) => sums[Math.floor(p * sums.length)] ?? 0);
}

// Tolerances are what the match achieves, with a little for chance (p99 of 100,000 draws: about 1 %).
test.each([
  ['exponentials', [exponential(0.02), exponential(0.005), exponential(0.05), exponential(0.01)], 0.06],
  ['alike lognormals', [lognormal(0.02, 0.5), lognormal(0.03, 0.5), lognormal(0.01, 0.5)], 0.03],
  ['wide lognormals', [lognormal(0.02, 1), lognormal(0.03, 0.8), lognormal(0.01, 1)], 0.06],
  ['a mixture', [lognormal(0.02, 0.6), exponential(0.02), exponential(0.01)], 0.06],
])('agrees with sampling: %s', (_, terms, tolerance) => {
  const ps = [0.5, 0.95, 0.99];
  for (const [i, expected] of sampled(terms, ps).entries())
    expect(Math.abs(percentileOfSum_s(terms, ps[i] ?? 0.5) / expected - 1)).toBeLessThan(tolerance);
});

test("lies between the mean and the sum of the terms' percentiles, at p95 and above", () => {
  const time = double({ min: 0.001, max: 1, noNaN: true });
  // Both have the mean that they are given.
  const terms = constantFrom(exponential, (mean_s: number) => lognormal(mean_s / Math.exp(0.125), 0.5));
  assert(
    property(terms, array(time, { minLength: 2, maxLength: 6 }), constantFrom(0.95, 0.99), (term, times_s, p) => {
      const parts = times_s.map(term);
      const sum = parts.reduce((sum_s, part) => sum_s + percentileOfSum_s([part], p), 0);
      const whole = percentileOfSum_s(parts, p);
      expect(whole).toBeLessThan(sum * (1 + 1e-9));
      expect(whole).toBeGreaterThan(times_s.reduce((a, b) => a + b));
    }),
  );
});

test.each([
  ['no terms', [], 0.5],
  ['p of 1', [exponential(1)], 1],
  ['p in percent', [exponential(1)], 95],
  ['a negative mean', [exponential(-1)], 0.5],
  ['a negative median', [lognormal(-1, 1)], 0.5],
  ['a wild sigma', [lognormal(1, 6)], 0.5],
])('refuses %s', (_, terms, p) => {
  expect(() => percentileOfSum_s(terms, p)).toThrow(RangeError);
});

test('refuses a p95 below its median', () => {
  expect(() => lognormalTerm(0.3, 0.1)).toThrow(RangeError);
  expect(() => lognormalTerm(0, 0.1)).toThrow(RangeError);
});
