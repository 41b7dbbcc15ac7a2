import { describe, expect, test } from 'vitest';
import type { Distribution } from '../system.ts';
import { Stream } from './stream.ts';
import { Variate } from './variate.ts';

const N = 100_000;

function sampleOf(distribution: Distribution): Float64Array {
  const variate = new Variate(distribution);
  const stream = new Stream(7, distribution.kind);
  return Float64Array.from({ length: N }, () => variate.sample(stream)).toSorted();
}

/** Largest distance between the distribution function and the share of the sample up to each value. */
function kolmogorovSmirnov(sorted: Float64Array, cdf: (x: number) => number): number {
  return sorted.reduce((largest, x, i) => Math.max(largest, Math.abs(cdf(x) - (i + 0.5) / sorted.length)), 0);
}

/** Φ(z) = 1/2 + φ(z) (z + z³/3 + z⁵/15 + …), Abramowitz & Stegun 26.2.11. */
function normalCdf(z: number): number {
  let term = z;
  let sum = z;
  for (let n = 3; n < 200; n += 2) sum += term *= (z * z) / n;
  return 0.5 + (sum * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
}

/** P(k, x) = x^k e^-x (1 + x/(k+1) + x²/(k+1)(k+2) + …) / Γ(k + 1), Abramowitz & Stegun 6.5.29. */
function gammaCdf(shape: number, gammaOfShapePlusOne: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; n < 200; n++) sum += term *= x / (shape + n);
  return (x ** shape * Math.exp(-x) * sum) / gammaOfShapePlusOne;
}

const lognormalCdf = (mean: number, cv: number) => {
  const variance = Math.log(1 + cv * cv);
  return (x: number) => normalCdf((Math.log(x / mean) + variance / 2) / Math.sqrt(variance));
};

describe.each<[string, Distribution, number, (x: number) => number]>([
  ['exponential', { kind: 'exponential', mean_s: 0.02 }, 1, (x) => 1 - Math.exp(-x / 0.02)],
  ['lognormal, cv 0.5', { kind: 'lognormal', mean_s: 3, cv: 0.5 }, 0.5, lognormalCdf(3, 0.5)],
  ['lognormal, cv 1.5', { kind: 'lognormal', mean_s: 0.001, cv: 1.5 }, 1.5, lognormalCdf(0.001, 1.5)],
  // Shapes 4, 1 and 1/4; scale is mean over shape.
  ['gamma, cv 0.5', { kind: 'gamma', mean_s: 2, cv: 0.5 }, 0.5, (x) => gammaCdf(4, 24, x * 2)],
  ['gamma, cv 1', { kind: 'gamma', mean_s: 0.5, cv: 1 }, 1, (x) => 1 - Math.exp(-x / 0.5)],
  ['gamma, cv 2', { kind: 'gamma', mean_s: 1, cv: 2 }, 2, (x) => gammaCdf(0.25, 0.9064024770554771, x / 4)],
  [
    'empirical',
    { kind: 'empirical', values_s: [1, 2, 4] },
    Math.sqrt(35 / 6 - (9 / 4) ** 2) / (9 / 4),
    (x) => (x < 2 ? (x - 1) / 2 : 0.5 + (x - 2) / 4),
  ],
])('%s', (_name, distribution, cv, cdf) => {
  const sorted = sampleOf(distribution);

  test('is distributed as its function says', () => {
    // 0.1 % point of the Kolmogorov distribution: 1.95 / sqrt(n).
    expect(kolmogorovSmirnov(sorted, cdf)).toBeLessThan(1.95 / Math.sqrt(N));
  });

  test('has the mean and the coefficient of variation that it states', () => {
    const { mean_s } = new Variate(distribution);
    const mean = sorted.reduce((sum, x) => sum + x, 0) / N;
    const variance = sorted.reduce((sum, x) => sum + (x - mean) ** 2, 0) / N;
    expect(Math.abs(mean / mean_s - 1)).toBeLessThan((4 * cv) / Math.sqrt(N));
    expect(Math.abs(Math.sqrt(variance) / mean / cv - 1)).toBeLessThan(0.05);
  });
});

test.each<[Distribution, number]>([
  [{ kind: 'deterministic', mean_s: 0.25 }, 0.25],
  [{ kind: 'exponential', mean_s: 0 }, 0],
  [{ kind: 'lognormal', mean_s: 2, cv: 0 }, 2],
  [{ kind: 'gamma', mean_s: 2, cv: 0 }, 2],
  [{ kind: 'empirical', values_s: [0.5] }, 0.5],
])('%o is always the same', (distribution, value) => {
  const variate = new Variate(distribution);
  const stream = new Stream(1, 'constant');
  expect(variate.mean_s).toBe(value);
  for (let i = 0; i < 10; i++) expect(variate.sample(stream)).toBe(value);
});

test('an empirical mean is that of the straight lines between the values', () => {
  expect(new Variate({ kind: 'empirical', values_s: [1, 2, 4] }).mean_s).toBe(2.25);
});

test('a gamma variable of tiny shape stays a number', () => {
  const variate = new Variate({ kind: 'gamma', mean_s: 1, cv: 1000 });
  const stream = new Stream(1, 'tiny');
  for (let i = 0; i < 1000; i++) expect(variate.sample(stream)).toBeGreaterThanOrEqual(0);
});

test.each<[Distribution, string]>([
  [{ kind: 'deterministic', mean_s: -1 }, 'mean_s is a finite number from 0, not -1'],
  [{ kind: 'exponential', mean_s: Infinity }, 'mean_s is a finite number from 0, not Infinity'],
  [{ kind: 'lognormal', mean_s: 1, cv: -1 }, 'cv is a number from 0 to 1000, not -1'],
  [{ kind: 'gamma', mean_s: 1, cv: NaN }, 'cv is a number from 0 to 1000, not NaN'],
  [{ kind: 'empirical', values_s: [] }, 'an empirical distribution needs at least one value'],
  [{ kind: 'empirical', values_s: [2, 1] }, 'ascending order, not 1 after 2'],
])('%o is refused', (distribution, message) => {
  expect(() => new Variate(distribution)).toThrow(message);
});
