import { assert, double, property } from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { normalQuantile } from './normal-quantile.ts';

describe('normalQuantile', () => {
  // 0.25, 0.001 and 1e-20 are the test cases of Wichura, Applied Statistics 37 (1988); the others were computed with 40 digits.
  it.each([
    [0.5, 0],
    [0.95, 1.6448536269514722],
    [0.975, 1.9599639845400538],
    [0.9, 1.2815515655446006],
    [0.25, -0.6744897501960817],
    [0.0749, -1.4402382675279637],
    [0.001, -3.0902323061678136],
    [1e-20, -9.262340089798407],
    [1e-100, -21.273453560965326],
    [5e-324, -38.467405617144344],
  ])('at %d is %d', (u, z) => {
    expect(Math.abs(normalQuantile(u) - z)).toBeLessThanOrEqual(1e-15 * Math.max(1, Math.abs(z)));
  });

  it('is antisymmetric', () => {
    // Multiples of 2^-30, where 1 - u is exact.
    const check = property(double({ min: 1e-9, max: 0.5, noNaN: true }), (x) => {
      const u = Math.ceil(x * 2 ** 30) / 2 ** 30;
      expect(normalQuantile(1 - u)).toBe(0 - normalQuantile(u));
    });
    expect(() => assert(check)).not.toThrow();
  });
});

test.each([0, 1, -0.1, 1.1, NaN])('refuses %d', (u) => {
  expect(() => normalQuantile(u)).toThrow(RangeError);
});
