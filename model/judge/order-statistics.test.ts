import { assert, constantFrom, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rankInterval, samplesForInterval } from './order-statistics.ts';

/** P(B <= k) by plain summation, in logarithms so that no term underflows on the way. */
function binomialCdf(n: number, k: number, p: number): number {
  let logTerm = n * Math.log(1 - p);
  let sum = k >= 0 ? Math.exp(logTerm) : 0;
  for (let i = 0; i < k; i++) {
    logTerm += Math.log((n - i) / (i + 1)) + Math.log(p / (1 - p));
    sum += Math.exp(logTerm);
  }
  return sum;
}

describe('rankInterval', () => {
  // The ranks of the two-sided sign test at 5 %.
  test.each([
    [6, 1, 6],
    [10, 2, 9],
    [20, 6, 15],
    [30, 10, 21],
    [50, 18, 33],
    [70, 27, 44],
  ])('median of %i samples lies between ranks %i and %i', (n, low, high) => {
    expect(rankInterval(n, 0.5)).toEqual({ low, high });
  });

  test('agrees with the definition for any n and p', () => {
    const slack = 1e-9;
    const check = property(
      integer({ min: 0, max: 6000 }),
      constantFrom(0.25, 0.5, 0.9, 0.95, 0.99, 0.999),
      (more, p) => {
        const n = samplesForInterval(p) + more;
        const { low, high } = rankInterval(n, p) ?? { low: NaN, high: NaN };
        expect(binomialCdf(n, low - 1, p)).toBeLessThanOrEqual(0.025 + slack);
        expect(binomialCdf(n, low, p)).toBeGreaterThan(0.025 - slack);
        expect(1 - binomialCdf(n, high - 1, p)).toBeLessThanOrEqual(0.025 + slack);
        expect(1 - binomialCdf(n, high - 2, p)).toBeGreaterThan(0.025 - slack);
      },
    );
    expect(() => assert(check)).not.toThrow();
  });

  test('large runs follow the normal approximation', () => {
    const ranks = rankInterval(1_000_000, 0.95);
    const half = 1.959964 * Math.sqrt(1_000_000 * 0.95 * 0.05);
    expect(ranks?.low).toBeGreaterThan(950_000 - half - 3);
    expect(ranks?.low).toBeLessThan(950_000 - half + 3);
    expect(ranks?.high).toBeGreaterThan(950_000 + half - 3);
    expect(ranks?.high).toBeLessThan(950_000 + half + 3);
  });

  test.each([
    [0.5, 6],
    [0.95, 72],
    [0.99, 368],
    [0.999, 3688],
  ])('the interval of quantile %d begins to exist at %i samples', (p, n) => {
    expect(samplesForInterval(p)).toBe(n);
    expect(rankInterval(n - 1, p)).toBeNull();
    expect(rankInterval(n, p)).not.toBeNull();
  });

  test('refuses what is not a quantile', () => {
    expect(() => rankInterval(100, 1)).toThrow(RangeError);
  });
});
