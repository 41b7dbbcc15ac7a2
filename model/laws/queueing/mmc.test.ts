import { assert, double, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mm1 } from './mm1.ts';
import { mmc, mmcWaitPercentile } from './mmc.ts';

const rho = double({ min: 0, max: 0.99, noNaN: true });
const servers = integer({ min: 1, max: 200 });

/** Mean number in the system from the birth and death equations p(k) = p(k-1) a / min(k, c). */
function numberFromStates(load: number, servers: number): number {
  let probability = 1;
  let total = 1;
  let number = 0;
  for (let k = 1; k < servers + 20_000; k++) {
    probability *= load / Math.min(k, servers);
    total += probability;
    number += k * probability;
  }
  return number / total;
}

describe('mmc', () => {
  // GNU Octave, queueing package.
  test.each([
    [2, 7.674, 1.053],
    [4, 0.105, 0.212],
  ])('λ = 9, μ = 5, c = %i', (c, queueLength, response_s) => {
    expect(mmc(9, 1 / 5, c).queueLength).toBeCloseTo(queueLength, 3);
    expect(mmc(9, 1 / 5, c).response_s).toBeCloseTo(response_s, 3);
  });

  // VividCortex, approx-queueing-theory.
  test.each([
    [1, 8.1],
    [2, 7.673684],
    [4, 7.089779],
    [16, 5.322091],
    [64, 2.79597],
  ])('ρ = 0.9, c = %i: Lq', (c, queueLength) => {
    expect(mmc(0.9 * c, 1, c).queueLength).toBeCloseTo(queueLength, 6);
  });

  test('λ = 2, μ = 1, c = 3', () => {
    expect(mmc(2, 1, 3).waitProbability).toBeCloseTo(0.4444, 4);
    expect(mmc(2, 1, 3).response_s).toBeCloseTo(1.4444, 4);
  });

  test('the bookstore of Gross and Harris, Fundamentals of Queueing Theory: λ = 40/h, S = 4 min, c = 4', () => {
    const { wait_s, numberInSystem } = mmc(40 / 3600, 240, 4);
    expect(wait_s / 60).toBeCloseTo(1.1353, 4);
    // Also quoted as 3.4234, which the wait contradicts: by Little's law L = 40/60 * (1.13525 + 4) = 3.42350.
    expect(numberInSystem).toBeCloseTo(3.4235, 4);
  });

  test('10,000 servers with 9,900 erlangs', () => {
    // Erlang C as in its own test, over c - a = 100.
    expect(mmc(9_900, 1, 10_000).wait_s).toBeCloseTo(0.22277692886414824 / 100, 12);
  });

  test('nobody waits where nobody comes', () => {
    expect(mmc(0, 0.2, 3)).toEqual({
      utilisation: 0,
      wait_s: 0,
      response_s: 0.2,
      queueLength: 0,
      numberInSystem: 0,
      waitProbability: 0,
    });
  });

  test.each([
    [20, 1],
    [31, 1.55],
  ])('%i per second are too many for 4 servers of 5 per second', (arrivals_per_s, utilisation) => {
    expect(mmc(arrivals_per_s, 1 / 5, 4)).toEqual({
      utilisation,
      wait_s: Infinity,
      response_s: Infinity,
      queueLength: Infinity,
      numberInSystem: Infinity,
      waitProbability: 1,
    });
  });

  test('with one server is M/M/1', () => {
    const check = property(rho, double({ min: 1e-6, max: 1e3, noNaN: true }), (rho, service_s) => {
      const one = mm1(rho / service_s, service_s);
      const many = mmc(rho / service_s, service_s, 1);
      expect(many.wait_s / service_s).toBeCloseTo(one.wait_s / service_s, 9);
      expect(many.queueLength).toBeCloseTo(one.queueLength, 9);
      expect(many.response_s / service_s).toBeCloseTo(one.response_s / service_s, 9);
      expect(many.numberInSystem).toBeCloseTo(one.numberInSystem, 9);
    });
    expect(() => assert(check)).not.toThrow();
  });

  test("holds what its state probabilities say, and so obeys Little's law", () => {
    const check = property(rho, servers, (rho, c) => {
      const { numberInSystem, response_s } = mmc(rho * c, 1, c);
      const expected = numberFromStates(rho * c, c);
      expect(Math.abs(numberInSystem - expected)).toBeLessThanOrEqual(1e-9 * (1 + expected));
      expect(rho * c * response_s).toBeCloseTo(numberInSystem, 9);
    });
    expect(() => assert(check, { numRuns: 50 })).not.toThrow();
  });

  test('the response only grows with the load', () => {
    const check = property(rho, rho, servers, (a, b, c) => {
      const more = mmc(Math.max(a, b) * c, 1, c).response_s;
      expect(more).toBeGreaterThanOrEqual(mmc(Math.min(a, b) * c, 1, c).response_s - 1e-12);
    });
    expect(() => assert(check)).not.toThrow();
  });

  test.each([
    [-1, 1, 1],
    [1, NaN, 1],
    [1, 1, 0],
  ])('refuses λ = %d, S = %d, c = %d', (arrivals_per_s, service_s, c) => {
    expect(() => mmc(arrivals_per_s, service_s, c)).toThrow(RangeError);
  });
});

describe('mmcWaitPercentile', () => {
  const station = { arrivals_per_s: 2, service_s: 1, servers: 3 };

  // C = 4/9 and c - a = 1, so P(W > t) = 4/9 e^-t.
  test.each([
    [0, 0],
    [0.5, 0],
    [1 - 4 / 9, 0],
    [0.9, Math.log(40 / 9)],
    [0.99, Math.log(400 / 9)],
  ])('p = %d', (p, expected) => {
    expect(mmcWaitPercentile(station, p)).toBeCloseTo(expected, 12);
  });

  test('averages to the mean wait', () => {
    const steps = 20_000;
    let sum = 0;
    for (let i = 0; i < steps; i++) sum += mmcWaitPercentile(station, (i + 0.5) / steps);
    expect(sum / steps).toBeCloseTo(mmc(2, 1, 3).wait_s, 4);
  });

  test('without load is 0, without room Infinity', () => {
    expect(mmcWaitPercentile({ ...station, arrivals_per_s: 0 }, 0.999)).toBe(0);
    expect(mmcWaitPercentile({ ...station, arrivals_per_s: 3 }, 0)).toBe(Infinity);
  });

  test('refuses 95 for 0.95', () => {
    expect(() => mmcWaitPercentile(station, 95)).toThrow(RangeError);
  });
});
