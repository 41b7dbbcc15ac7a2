import { describe, expect, it } from 'vitest';
import { criticalU, leastP, rankSum } from './rank-sum.ts';

/** Permeability of membranes; Hollander and Wolfe, Nonparametric Statistical Methods, 1973, p. 69 (also the example of R's wilcox.test). */
const AT_TERM = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
const EARLY = [1.15, 0.88, 0.9, 0.74, 1.21];

describe('the rank sum test', () => {
  it('gives the textbook value: U = 35 of 50, one-sided p = 0.1272', () => {
    const { u, p } = rankSum(EARLY, AT_TERM);
    expect(u).toBe(35);
    expect(p).toBeCloseTo(2 * 0.1272, 3);
  });

  // P(U <= u) of Mann and Whitney, Annals of Mathematical Statistics 18 (1947), table I, n = m = 4 and 5.
  it.each([
    { size: 4, u: 0, below: 0.014 },
    { size: 4, u: 1, below: 0.029 },
    { size: 4, u: 2, below: 0.057 },
  ])('of $size and $size values with U = $u has the tabled probability', ({ size, u, below }) => {
    const before = Array.from({ length: size }, (_, index) => index);
    // The least value of `before` that is not below all of `after` makes U grow by one with each place.
    const after = before.map((index) => (index === 0 ? size - 0.5 - u : index + size));
    const found = rankSum(before, after);
    expect(found.u).toBe(size * size - u);
    expect(found.p / 2).toBeCloseTo(below, 3);
  });

  it('counts ties half, and deals them out exactly', () => {
    // Of the 6 ways to choose 2 of the ranks 1, 2.5, 2.5, 4, two reach a sum as far from 5 as 3.5 is, and two 6.5.
    expect(rankSum([1, 2], [2, 3])).toEqual({ u: 3.5, p: 4 / 6 });
    expect(rankSum([7, 7, 7], [7, 7])).toEqual({ u: 3, p: 1 });
  });

  it('is the same whichever side comes first', () => {
    expect(rankSum(AT_TERM, EARLY).p).toBeCloseTo(rankSum(EARLY, AT_TERM).p, 12);
  });

  it('goes over into the normal distribution', () => {
    // U = 435 of 625: z = (122.5 - 0.5) / √(625 × 51 / 12) = 2.3671.
    const before = Array.from({ length: 25 }, (_, index) => index);
    const { u, p } = rankSum(
      before,
      before.map((value) => value + 5.5),
    );
    expect(u).toBe(435);
    expect(p).toBeCloseTo(0.01793, 5);
    const same = Array.from({ length: 50 }, () => 1);
    expect(rankSum(same, same).p).toBe(1);
  });

  it('needs values', () => {
    expect(() => rankSum([], [1])).toThrow('both sides');
  });
});

describe('what small sets can prove', () => {
  it.each([
    { n: 1, m: 1, p: 1 },
    { n: 4, m: 4, p: 2 / 70 },
    { n: 5, m: 10, p: 2 / 3003 },
    { n: 8, m: 8, p: 2 / 12_870 },
  ])('$n and $m values give p = $p at best', ({ n, m, p }) => {
    expect(leastP(n, m)).toBeCloseTo(p, 12);
  });

  // Two-tailed 5 % critical values of U; Siegel and Castellan, Nonparametric Statistics, 2nd ed. 1988, appendix J (as W), and every table of U.
  it.each([
    { n: 3, m: 3, u: -1 },
    { n: 4, m: 4, u: 0 },
    { n: 5, m: 5, u: 2 },
    { n: 8, m: 8, u: 13 },
    { n: 10, m: 10, u: 23 },
    { n: 20, m: 20, u: 127 },
  ])('$n and $m values are apart at 5 % up to U = $u', ({ n, m, u }) => {
    expect(criticalU(n, m, 0.05)).toBe(u);
  });

  it('has nearly the same limits by the normal approximation', () => {
    expect(criticalU(21, 20, 0.05)).toBeGreaterThanOrEqual(133);
    expect(criticalU(21, 20, 0.05)).toBeLessThanOrEqual(135);
  });
});
