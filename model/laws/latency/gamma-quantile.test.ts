import { assert, double, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gammaQuantile } from './gamma-quantile.ts';

// 30 digits by inversion of the incomplete gamma function.
test.each([
  [1, 0.95, 2.995732273553991],
  [2.5, 0.99, 7.543136234694495],
  [5, 0.95, 9.153519026637573],
  [10, 0.5, 9.668714614714132],
  [100, 0.999, 133.7702639113786],
])('shape %d at %d: %d', (shape, p, expected) => {
  expect(gammaQuantile(shape, p)).toBeCloseTo(expected, 9);
});

// Twice a gamma variable is chi-square with twice the degrees of freedom: M. Abramowitz, I. A. Stegun, table 26.8.
test.each([
  [0.95, 18.307],
  [0.05, 3.94],
])('chi-square with 10 degrees of freedom at %d: %d', (p, expected) => {
  expect(2 * gammaQuantile(5, p)).toBeCloseTo(expected, 3);
});

describe('is the inverse of the distribution function', () => {
  test('of Erlang, for whole shapes: 1 - e^-x Σ x^i / i!', () => {
    const p = double({ min: 1e-9, max: 1 - 1e-9, noNaN: true });
    assert(
      property(p, double({ min: 1, max: 60, noNaN: true }).map(Math.floor), (p, shape) => {
        const x = gammaQuantile(shape, p);
        let term = Math.exp(-x);
        let above = term;
        for (let i = 1; i < shape; i++) above += term *= x / i;
        expect(1 - above).toBeCloseTo(p, 11);
      }),
    );
  });

  test('and rises with p, however far out', () => {
    const ps = [1e-300, 1e-12, 1e-3, 0.5, 0.999, 1 - 1e-12, 1 - 2 ** -53];
    for (const shape of [1, 1.7, 30, 5000]) {
      const quantiles = ps.map((p) => gammaQuantile(shape, p));
      expect(quantiles.every((x) => x > 0 && x < Infinity)).toBe(true);
      expect(quantiles).toEqual(quantiles.toSorted((a, b) => a - b));
    }
  });
});

test('refuses shapes below 1 and percentiles that are none', () => {
  expect(() => gammaQuantile(0.5, 0.5)).toThrow('shape');
  expect(() => gammaQuantile(2, 1)).toThrow(RangeError);
});
