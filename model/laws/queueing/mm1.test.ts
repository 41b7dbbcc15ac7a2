import { assert, double, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mm1, mm1ResponsePercentile } from './mm1.ts';

describe('mm1', () => {
  test('λ = 75, μ = 100: R 0.04, L 3', () => {
    const { utilisation, response_s, numberInSystem } = mm1(75, 1 / 100);
    expect(utilisation).toBeCloseTo(0.75, 12);
    expect(response_s).toBeCloseTo(0.04, 12);
    expect(numberInSystem).toBeCloseTo(3, 12);
  });

  test('ρ = 0.9: Lq 8.1 (VividCortex, approx-queueing-theory)', () => {
    expect(mm1(0.9, 1).queueLength).toBeCloseTo(8.1, 12);
  });

  test('nobody waits where nobody comes', () => {
    expect(mm1(0, 0.01)).toEqual({
      utilisation: 0,
      wait_s: 0,
      response_s: 0.01,
      queueLength: 0,
      numberInSystem: 0,
    });
  });

  test.each([100, 250])('%i per second are more than 100 can serve', (arrivals_per_s) => {
    expect(mm1(arrivals_per_s, 0.01)).toEqual({
      utilisation: arrivals_per_s / 100,
      wait_s: Infinity,
      response_s: Infinity,
      queueLength: Infinity,
      numberInSystem: Infinity,
    });
  });

  test('the response only grows with the load', () => {
    const load = double({ min: 0, max: 1.2, noNaN: true });
    const check = property(load, load, (a, b) => {
      expect(mm1(Math.max(a, b), 1).response_s).toBeGreaterThanOrEqual(mm1(Math.min(a, b), 1).response_s);
    });
    expect(() => assert(check)).not.toThrow();
  });

  test('holds the requests that its state probabilities (1 - ρ) ρ^n say', () => {
    const rho = 0.8;
    let expected = 0;
    for (let n = 1; n < 500; n++) expected += n * (1 - rho) * rho ** n;
    expect(mm1(80, 0.01).numberInSystem).toBeCloseTo(expected, 10);
  });
});

describe('mm1ResponsePercentile', () => {
  // R = 0.04 s: the median of an exponential time is ln 2 of its mean, p90 is ln 10.
  test.each([
    [0, 0],
    [0.5, 0.04 * Math.LN2],
    [0.9, 0.04 * Math.LN10],
    [0.99, 0.08 * Math.LN10],
  ])('p = %d', (p, expected) => {
    expect(mm1ResponsePercentile(75, 0.01, p)).toBeCloseTo(expected, 12);
  });

  test('of an overloaded server is Infinity, even the lowest', () => {
    expect(mm1ResponsePercentile(100, 0.01, 0)).toBe(Infinity);
    expect(mm1ResponsePercentile(100, 0.01, 0.95)).toBe(Infinity);
  });

  test.each([-0.1, 1, 95, NaN])('refuses %d', (p) => {
    expect(() => mm1ResponsePercentile(75, 0.01, p)).toThrow(RangeError);
  });
});
