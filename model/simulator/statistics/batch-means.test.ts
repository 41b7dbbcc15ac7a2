import { describe, expect, test } from 'vitest';
import { createRandom } from '../../random/random.ts';
import { autoregressive } from '../testing/autoregressive.ts';
import { batchMeansInterval } from './batch-means.ts';

const series = (seed: number, length: number, phi: number): number[] =>
  autoregressive(10, phi, length, createRandom(seed, 'batches'));

test('what is left over is left out at the start', () => {
  // 43 values make 21 batches of two.
  const { mean, batches } = batchMeansInterval([1e9, ...Array.from({ length: 42 }, (_, i) => i % 2)]);
  expect({ mean, batches }).toEqual({ mean: 0.5, batches: 21 });
});

test.each([
  [9, 9, null],
  [10, 10, 0],
  [39, 39, 0],
  [40, 20, 0],
  [59, 29, 0],
  [1_000, 20, 0],
])('%d equal values make %d batches', (length, batches, halfWidth95) => {
  const values = Array.from({ length }, () => 5);
  expect(batchMeansInterval(values)).toMatchObject({ mean: 5, batches, halfWidth95, correlated: false });
});

test('no value is a mistake', () => {
  expect(() => batchMeansInterval([])).toThrow(RangeError);
});

describe('whether batches are independent', () => {
  test('a rising series is correlated, an alternating one is not', () => {
    const rising = batchMeansInterval(Array.from({ length: 20 }, (_, i) => i));
    expect(rising).toMatchObject({ correlated: true });
    // 19 differences of 1 over twice the 665 of 0..19 about their mean.
    expect(rising.autocorrelation).toBeCloseTo(1 - 19 / (2 * 665), 12);
    expect(batchMeansInterval(Array.from({ length: 20 }, (_, i) => i % 2)).correlated).toBe(false);
  });

  test('independent values look correlated in about one of 20 series, strongly correlated ones nearly always', () => {
    const correlated = (phi: number): number =>
      Array.from({ length: 100 }, (_, seed) => batchMeansInterval(series(seed, 39, phi))).filter(
        (each) => each.correlated,
      ).length;
    expect(correlated(0)).toBeGreaterThanOrEqual(1);
    expect(correlated(0)).toBeLessThanOrEqual(10);
    expect(correlated(0.8)).toBeGreaterThanOrEqual(95);
  });
});

test('95 % intervals of long correlated runs hold the true mean in about 95 of 100', () => {
  let covered = 0;
  for (let seed = 0; seed < 100; seed++) {
    const { mean, halfWidth95 } = batchMeansInterval(series(seed, 4_000, 0.8));
    if (Math.abs(mean - 10) <= (halfWidth95 ?? 0)) covered++;
  }
  expect(covered).toBeGreaterThanOrEqual(90);
  expect(covered).toBeLessThanOrEqual(99);
});
