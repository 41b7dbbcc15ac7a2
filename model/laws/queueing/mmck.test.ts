import { assert, double, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { erlangB } from './erlang-b.ts';
import { mmc } from './mmc.ts';
import { mmck } from './mmck.ts';

const rho = double({ min: 0, max: 3, noNaN: true });
const servers = integer({ min: 1, max: 50 });
const places = integer({ min: 0, max: 100 });

test('λ = 40, μ = 30, c = 3, K = 7 (GNU Octave, queueing package)', () => {
  const found = mmck({ arrivals_per_s: 40, service_s: 1 / 30, servers: 3, capacity: 7 });
  expect(found.emptyProbability).toBeCloseTo(0.255037, 6);
  expect(found.response_s).toBeCloseTo(0.036517, 6);
});

test('λ = 50, μ = 10, c = 4, K = 6 (GNU Octave, queueing package)', () => {
  const found = mmck({ arrivals_per_s: 50, service_s: 1 / 10, servers: 4, capacity: 6 });
  expect(found.blockingProbability).toBeCloseTo(0.293543, 6);
});

test('a server at twice its capacity with one place to wait, by hand', () => {
  // p = 1/7, 2/7, 4/7.
  const found = mmck({ arrivals_per_s: 2, service_s: 1, servers: 1, capacity: 2 });
  expect(found.utilisation).toBeCloseTo(6 / 7, 14);
  expect(found.emptyProbability).toBeCloseTo(1 / 7, 14);
  expect(found.blockingProbability).toBeCloseTo(4 / 7, 14);
  expect(found.throughput_per_s).toBeCloseTo(6 / 7, 14);
  expect(found.wait_s).toBeCloseTo(2 / 3, 14);
  expect(found.response_s).toBeCloseTo(5 / 3, 14);
  expect(found.queueLength).toBeCloseTo(4 / 7, 14);
  expect(found.numberInSystem).toBeCloseTo(10 / 7, 14);
});

test('without waiting room is Erlang B', () => {
  const check = property(rho, servers, (rho, c) => {
    const found = mmck({ arrivals_per_s: rho * c, service_s: 1, servers: c, capacity: c });
    expect(found.blockingProbability).toBeCloseTo(erlangB(rho * c, c), 12);
    expect(found.wait_s).toBe(0);
  });
  expect(() => assert(check)).not.toThrow();
});

test('with endless room is M/M/c', () => {
  const found = mmck({ arrivals_per_s: 9, service_s: 1 / 5, servers: 2, capacity: 1000 });
  expect(found.blockingProbability).toBeLessThan(1e-40);
  expect(found.response_s).toBeCloseTo(mmc(9, 1 / 5, 2).response_s, 12);
});

test("obeys Little's law and the utilisation law at any load", () => {
  const check = property(rho, servers, places, (rho, c, more) => {
    const found = mmck({ arrivals_per_s: rho * c, service_s: 1, servers: c, capacity: c + more });
    expect(found.throughput_per_s * found.response_s).toBeCloseTo(found.numberInSystem, 9);
    expect(found.utilisation * c).toBeCloseTo(found.numberInSystem - found.queueLength, 9);
    expect(found.throughput_per_s).toBeCloseTo(rho * c * (1 - found.blockingProbability), 9);
    expect(found.numberInSystem).toBeLessThanOrEqual(c + more);
  });
  expect(() => assert(check)).not.toThrow();
});

test('the response only grows with the load', () => {
  const check = property(rho, rho, servers, places, (a, b, c, more) => {
    const at = (rho: number) => mmck({ arrivals_per_s: rho * c, service_s: 1, servers: c, capacity: c + more });
    expect(at(Math.max(a, b)).response_s).toBeGreaterThanOrEqual(at(Math.min(a, b)).response_s - 1e-12);
  });
  expect(() => assert(check)).not.toThrow();
});

test('is empty where nobody comes, and full and finite far above what it can do', () => {
  const idle = mmck({ arrivals_per_s: 0, service_s: 0.1, servers: 2, capacity: 5 });
  expect(idle).toMatchObject({ emptyProbability: 1, blockingProbability: 0, response_s: 0.1, numberInSystem: 0 });
  const flooded = mmck({ arrivals_per_s: 1e300, service_s: 0.1, servers: 2, capacity: 5 });
  expect(flooded.numberInSystem).toBeCloseTo(5, 12);
  expect(flooded.throughput_per_s).toBeCloseTo(20, 12);
  expect(flooded.response_s).toBeCloseTo(0.25, 12);
});

test.each([
  [3, 2],
  [0, 2],
  [1, 1.5],
])('refuses %d servers with %d places', (servers, capacity) => {
  expect(() => mmck({ arrivals_per_s: 1, service_s: 1, servers, capacity })).toThrow(RangeError);
});
