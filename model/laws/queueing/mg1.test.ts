import { assert, double, property } from 'fast-check';
import { expect, test } from 'vitest';
import { mg1 } from './mg1.ts';
import { mm1 } from './mm1.ts';

const rho = double({ min: 0, max: 0.99, noNaN: true });

test.each([
  [0, 4.5],
  [1, 9],
  [3, 18],
])('ρ = 0.9, c² = %d: from half the wait of M/M/1 upwards', (serviceScv, expected) => {
  expect(mg1(0.9, 1, serviceScv).wait_s).toBeCloseTo(expected, 12);
});

test('agrees with λ E[S²] / (2 (1 - ρ)) for a service time of 1 or 11 seconds', () => {
  // Nine in ten take 1 s: mean 2, E[S²] = 13, variance 9, c² = 9/4; λ = 0.3.
  expect(mg1(0.3, 2, 9 / 4).wait_s).toBeCloseTo((0.3 * 13) / (2 * 0.4), 12);
});

test('with exponential service is M/M/1', () => {
  const check = property(rho, (rho) => {
    expect(mg1(rho, 1, 1)).toEqual(mm1(rho, 1));
  });
  expect(() => assert(check)).not.toThrow();
});

test("obeys Little's law, and responds slower to more load", () => {
  const check = property(rho, rho, double({ min: 0, max: 50, noNaN: true }), (a, b, serviceScv) => {
    const more = mg1(Math.max(a, b), 1, serviceScv);
    expect(Math.max(a, b) * more.response_s).toBeCloseTo(more.numberInSystem, 9);
    expect(more.response_s).toBeGreaterThanOrEqual(mg1(Math.min(a, b), 1, serviceScv).response_s);
  });
  expect(() => assert(check)).not.toThrow();
});

test('without load nobody waits, with too much for ever, even where all services are alike', () => {
  expect(mg1(0, 0.2, 5)).toMatchObject({ wait_s: 0, response_s: 0.2, numberInSystem: 0 });
  expect(mg1(5, 0.2, 0)).toMatchObject({ utilisation: 1, wait_s: Infinity, queueLength: Infinity });
});

test('refuses a negative variation', () => {
  expect(() => mg1(1, 0.2, -1)).toThrow(RangeError);
});
