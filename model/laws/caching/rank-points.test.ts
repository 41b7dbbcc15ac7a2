import { expect, test } from 'vitest';
import { rankPoints } from './rank-points.ts';

const sumOf = (ranks: number, exponent: number, f: (power: number) => number): number =>
  rankPoints(ranks, exponent).reduce((sum, { lnRank, weight }) => sum + weight * f(Math.exp(-exponent * lnRank)), 0);

test('up to 32 ranks each is a point, then few points stand for many', () => {
  expect(rankPoints(32, 1).map(({ weight }) => weight)).toEqual(Array(32).fill(1));
  expect(rankPoints(5, 1).map(({ lnRank }) => Math.exp(lnRank))).toEqual(
    [1, 2, 3, 4, 5].map((k) => expect.closeTo(k, 14)),
  );
  expect(rankPoints(500_000_000, 1).length).toBeLessThan(100);
});

// Sums known in closed form: Euler's constant and zeta(2) with their remainders, and Gauss's sum of equal terms.
test.each([
  [0, 500_000_000, 500_000_000],
  [1, 1000, 7.485470860550345],
  [1, 500_000_000, 20.607334322], // ln n + 0.5772156649 + 1/2n
  [2, 500_000_000, 1.644934065],
])('the sum of k^-%d over %d ranks is %d', (exponent, ranks, expected) => {
  expect(Math.abs(sumOf(ranks, exponent, (power) => power) / expected - 1)).toBeLessThan(5e-9);
});

test.each([0.6, 1, 1.5, 3, 5])('exponent %d: agrees rank by rank for what Che asks for', (exponent) => {
  for (const ranks of [33, 300, 10_000]) {
    const powers = Float64Array.from({ length: ranks }, (_, i) => (i + 1) ** -exponent);
    // From a time in which hardly any object is asked for to one in which all are.
    for (let time = 0.01; time < 10 / (powers[ranks - 1] ?? 1); time *= 4) {
      const seen = (power: number): number => -Math.expm1(-power * time);
      const exact = powers.reduce((sum, power) => sum + seen(power), 0);
      expect(Math.abs(sumOf(ranks, exponent, seen) / exact - 1), `${ranks} ranks, ${time}`).toBeLessThan(2e-7);
    }
  }
});
