import { describe, expect, it } from 'vitest';
import { pertQuantile } from './pert-quantile.ts';

const TOLERANCE = 1e-7;
const GRID = Array.from({ length: 999 }, (_, i) => (i + 1) / 1000);
const BINOMIAL_5 = [1, 5, 10, 10, 5, 1];

/** P(B >= a) for B ~ binomial(5, x), which is the distribution function of Beta(a, 6 - a) for whole a. */
function betaCdf(a: number, x: number): number {
  return BINOMIAL_5.reduce((sum, ways, k) => (k < a ? sum : sum + ways * x ** k * (1 - x) ** (5 - k)), 0);
}

function bisect(cdf: (x: number) => number, u: number): number {
  let low = 0;
  let high = 1;
  while (high - low > 1e-12) {
    const middle = (low + high) / 2;
    if (cdf(middle) < u) low = middle;
    else high = middle;
  }
  return low;
}

describe('pertQuantile', () => {
  it.each([1, 2, 3, 4, 5])('inverts Beta(%i, 6 - a)', (a) => {
    const quantile = pertQuantile((a - 1) / 4);
    const worst = Math.max(...GRID.map((u) => Math.abs(quantile(u) - bisect((x) => betaCdf(a, x), u))));
    expect(worst).toBeLessThan(TOLERANCE);
  });

  // By bisection of the regularised incomplete beta function, with 40 digits.
  it.each([
    [0.37, 0.001, 0.0239991451604],
    [0.37, 0.05, 0.125522796536],
    [0.37, 0.5, 0.403120278195],
    [0.37, 0.95, 0.736299224387],
    [0.37, 0.999, 0.918994742183],
    [0.05, 0.001, 0.000701046781617],
    [0.05, 0.5, 0.16590270191],
    [0.05, 0.999, 0.781041007292],
    [0.8, 0.05, 0.378723275984],
    [0.8, 0.95, 0.941022612388],
  ])('with mode %d at %d is %d', (mode, u, x) => {
    expect(Math.abs(pertQuantile(mode)(u) - x)).toBeLessThan(TOLERANCE);
  });

  it.each([0, 0.1, 1 / 3, 0.5, 0.77, 1])('with mode %d has the mean (1 + 4 mode) / 6 and its variance', (mode) => {
    const quantile = pertQuantile(mode);
    const n = 20_000;
    let mean = 0;
    let square = 0;
    for (let i = 0; i < n; i++) {
      const x = quantile((i + 0.5) / n);
      mean += x / n;
      square += (x * x) / n;
    }
    const expected = (1 + 4 * mode) / 6;
    expect(Math.abs(mean - expected)).toBeLessThan(1e-5);
    // Of Beta(a, b): mean (1 - mean) / (a + b + 1).
    expect(Math.abs(square - mean * mean - (expected * (1 - expected)) / 7)).toBeLessThan(1e-5);
  });

  it.each([
    // u = x^5 and u = 1 - (1 - x)^5.
    [1, 1e-30, 1e-6],
    [1, 1e-10, 0.01],
    [0, 1e-9, 2e-10],
    [0, 1 - 2 ** -50, 1 - 2 ** -10],
    [0.5, 5e-324, 0],
    [0, 5e-324, 0],
  ])('with mode %d holds far out: at %d it is %d', (mode, u, x) => {
    expect(Math.abs(pertQuantile(mode)(u) - x)).toBeLessThan(TOLERANCE);
  });

  it('is symmetric for a mode in the middle', () => {
    const quantile = pertQuantile(0.5);
    expect(quantile(0.5)).toBe(0.5);
    for (const u of GRID) expect(quantile(u) + quantile(1 - u)).toBeCloseTo(1, 12);
  });
});
