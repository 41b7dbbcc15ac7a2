import { assert, constantFrom, double, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantileFunction, quantileOf } from './distribution.ts';
import { DISTRIBUTIONS, type DistributionName, type Range } from './range.ts';

const range = (distribution: DistributionName, low: number, value: number, high: number): Range => ({
  distribution,
  low,
  value,
  high,
});

describe('quantileOf', () => {
  it.each([
    [range('uniform', 10, 999, 30), 0.25, 15],
    [range('uniform', 10, 11, 30), 0.95, 29],
    // sqrt(u (h - l) (m - l)) from below, sqrt((1 - u) (h - l) (h - m)) from above; F(mode) = (m - l) / (h - l).
    [range('triangular', 0, 3, 12), 0.25, 3],
    [range('triangular', 0, 3, 12), 0.09, Math.sqrt(0.09 * 12 * 3)],
    [range('triangular', 0, 3, 12), 0.52, 12 - Math.sqrt(0.48 * 12 * 9)],
    [range('triangular', 5, 5, 7), 0.75, 6],
    [range('triangular', 5, 7, 7), 0.25, 6],
    [range('pert', 100, 150, 200), 0.5, 150],
    // Mode at the low end: 1 - (1 - x)^5.
    [range('pert', 2, 2, 4), 1 - 0.5 ** 5, 3],
    [range('normal', -1.6448536269514722, 7, 1.6448536269514722), 0.975, 1.959963984540054],
    [range('normal', 80, 90, 120), 0.05, 80],
    [range('normal', 80, 90, 120), 0.5, 100],
    [range('normal', 80, 90, 120), 0.95, 120],
    [range('lognormal', 2, 3, 50), 0.05, 2],
    [range('lognormal', 2, 3, 50), 0.5, 10],
    [range('lognormal', 2, 3, 50), 0.95, 50],
  ])('of %j at %d is %d', (of, u, expected) => {
    expect(Math.abs(quantileOf(of, u) - expected)).toBeLessThan(1e-6 * (of.high - of.low));
  });

  it('of a lognormal is the exponential of the normal over the logarithms', () => {
    const normal = quantileFunction(range('normal', Math.log(2), 0, Math.log(50)));
    const lognormal = quantileFunction(range('lognormal', 2, 0, 50));
    for (let u = 0.001; u < 1; u += 0.001) expect(lognormal(u) / Math.exp(normal(u))).toBeCloseTo(1, 12);
  });

  it.each(DISTRIBUTIONS)('of a %s range without width is the value', (distribution) => {
    for (const u of [5e-324, 0.3, 1 - 2 ** -53]) expect(quantileOf(range(distribution, 7, 7, 7), u)).toBe(7);
  });

  it('never falls, stays finite and, where the range has ends, within them', () => {
    const number = double({ min: 1e-6, max: 1e12, noNaN: true });
    const probability = double({ min: 0, minExcluded: true, max: 1, maxExcluded: true, noNaN: true });
    const check = property(
      constantFrom(...DISTRIBUTIONS),
      tuple(number, number, number),
      tuple(probability, probability),
      (distribution, ends, probabilities) => {
        const [low = 0, value = 0, high = 0] = ends.toSorted((a, b) => a - b);
        const [less = 0, more = 0] = probabilities.toSorted((a, b) => a - b);
        const quantile = quantileFunction(range(distribution, low, value, high));
        const [at, beyond] = [quantile(less), quantile(more)];
        // A rational function rises only but for rounding.
        expect(beyond).toBeGreaterThanOrEqual(at - 1e-12 * (Math.abs(at) + high - low));
        expect(Number.isFinite(at) && Number.isFinite(beyond)).toBe(true);
        if (distribution === 'normal' || distribution === 'lognormal') return;
        expect(at).toBeGreaterThanOrEqual(low);
        expect(beyond).toBeLessThanOrEqual(high);
      },
    );
    expect(() => assert(check, { numRuns: 1000 })).not.toThrow();
  });

  it.each([
    ['low exceeds high', range('uniform', 2, 1, 1), /exceeds/],
    ['mode below', range('pert', 1, 0, 2), /outside/],
    ['mode above', range('triangular', 1, 3, 2), /outside/],
    ['another value than the only one', range('normal', 1, 3, 1), /outside/],
    ['a lognormal from 0', range('lognormal', 0, 1, 2), /positive/],
    ['a lognormal too wide', range('lognormal', 1e-100, 1, 1e100), /too wide/],
    ['NaN', range('uniform', 1, NaN, 2), /finite/],
    ['Infinity', range('uniform', 1, 2, Infinity), /finite/],
  ])('refuses a range: %s', (_, of, message) => {
    expect(() => quantileFunction(of)).toThrow(RangeError);
    expect(() => quantileFunction(of)).toThrow(message);
  });

  it.each([0, 1, -1, NaN])('refuses the probability %d, for a range without width, too', (u) => {
    expect(() => quantileOf(range('pert', 1, 2, 3), u)).toThrow(RangeError);
    expect(() => quantileOf(range('pert', 1, 1, 1), u)).toThrow(RangeError);
  });
});
