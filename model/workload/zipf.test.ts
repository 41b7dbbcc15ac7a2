import { expect, test } from 'vitest';
import { createRandom } from '../random/random.ts';
import { pickByWeight } from './pick.ts';
import { pickByZipf } from './zipf.ts';

/** Chi-square of 100,000 picks against expected shares. */
function chiSquare(pick: (u: number) => number, shares: readonly number[]): number {
  const random = createRandom(11, 'zipf');
  const counts = shares.map(() => 0);
  for (let i = 0; i < 100_000; i++) {
    const index = pick(random.uniform());
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return shares.reduce((sum, share, i) => sum + ((counts[i] ?? 0) - share * 1e5) ** 2 / (share * 1e5), 0);
}

test.each([0, 0.8, 1, 1.2])('ranks follow 1 / k^%d', (exponent) => {
  const weights = Array.from({ length: 50 }, (_, k) => 1 / (k + 1) ** exponent);
  const sum = weights.reduce((a, b) => a + b);
  // 0.1 % point of chi-square with 49 degrees of freedom.
  expect(
    chiSquare(
      pickByZipf(50, exponent),
      weights.map((weight) => weight / sum),
    ),
  ).toBeLessThan(85.4);
});

test('picks exactly by inversion, with nothing for a weight of zero', () => {
  const pick = pickByWeight(Float64Array.from([1, 0, 3]));
  expect([0, 0.2499, 0.25, 0.9999].map(pick)).toEqual([0, 0, 2, 2]);
  expect(() => pickByWeight(new Float64Array(3))).toThrow(RangeError);
});

test('a million ranks are no trouble, and the last can be picked', () => {
  const pick = pickByZipf(1_000_000, 1);
  expect(pick(0)).toBe(0);
  expect(pick(1 - 2 ** -53)).toBe(999_999);
  // Half of all picks fall on the ranks up to about n^(1/2) (H(k) = H(n) / 2).
  expect(pick(0.5)).toBeGreaterThan(600);
  expect(pick(0.5)).toBeLessThan(900);
});
