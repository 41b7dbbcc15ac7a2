import { assert, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { shareOfTop, zipfPopularity } from './zipf-popularity.ts';

test('small catalogues are exact: 1 : 1/2 : 1/3 of 6/11', () => {
  const { objects, probabilities, counts } = zipfPopularity(3, 1);
  expect(objects).toBe(3);
  expect([...counts]).toEqual([1, 1, 1]);
  expect([...probabilities]).toEqual([6 / 11, 3 / 11, 2 / 11].map((p) => expect.closeTo(p, 15)));
});

test('is uniform with an exponent of 0, grouped or not', () => {
  const { probabilities } = zipfPopularity(100_000, 0);
  for (const p of probabilities) expect(p).toBeCloseTo(1e-5, 17);
});

test('the counts add up to the catalogue, and their probabilities to 1', () => {
  const exponent = integer({ min: 0, max: 1000 }).map((n) => n / 100);
  assert(
    property(integer({ min: 1, max: 500_000_000 }), exponent, (objects, exponent) => {
      const { probabilities, counts } = zipfPopularity(objects, exponent);
      expect(counts.reduce((a, b) => a + b) / objects).toBeCloseTo(1, 8);
      expect(counts.reduce((sum, count, i) => sum + count * (probabilities[i] ?? 0), 0)).toBeCloseTo(1, 12);
    }),
  );
});

// Harmonic numbers: H(n) = ln n + 0.5772156649 + 1/2n, so the top k of n get about H(k) / H(n).
test('the top 10,000 of 500 million get H(10^4) / H(5 × 10^8)', () => {
  const harmonic = (n: number): number => Math.log(n) + 0.5772156649015329 + 1 / (2 * n) - 1 / (12 * n * n);
  expect(shareOfTop(500_000_000, 1, 10_000)).toBeCloseTo(harmonic(1e4) / harmonic(5e8), 8);
});

test.each([
  [0, 0],
  [0.5, 3 / 11],
  [1, 6 / 11],
  [2, 9 / 11],
  [2.5, 10 / 11],
  [3, 1],
  [9, 1],
])('the top %d of three get %d', (top, share) => {
  expect(shareOfTop(3, 1, top)).toBeCloseTo(share, 14);
});

test.each([0.5, 0.8, 1, 1.3, 4])('exponent %d: the share of the top is that of the sums, rank by rank', (exponent) => {
  const objects = 10_000;
  const sums = [0];
  for (let k = 1; k <= objects; k++) sums.push((sums[k - 1] ?? 0) + k ** -exponent);
  for (const top of [1, 31, 32, 33, 34, 100, 5000, 9999])
    expect(shareOfTop(objects, exponent, top)).toBeCloseTo((sums[top] ?? 0) / (sums[objects] ?? 0), 8);
});

test.each([
  [0, 1],
  [1.5, 1],
  [10, -1],
  [10, 11],
  [10, NaN],
])('refuses %d objects with exponent %d', (objects, exponent) => {
  expect(() => zipfPopularity(objects, exponent)).toThrow(RangeError);
  expect(() => shareOfTop(objects, exponent, 1)).toThrow(RangeError);
});

test('refuses a negative top', () => {
  expect(() => shareOfTop(10, 1, -1)).toThrow('top');
});
