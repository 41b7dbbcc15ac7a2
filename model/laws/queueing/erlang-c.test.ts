import { assert, double, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { erlangC } from './erlang-c.ts';

test('λ = 2, μ = 1, c = 3: 0.4444', () => {
  expect(erlangC(2, 3)).toBeCloseTo(4 / 9, 14);
});

// Evaluated with 60 decimal digits from 1 / B = sum of c! / (c - j)! / a^j and C = B / (1 - ρ (1 - B)).
test.each([
  [9_900, 10_000, 0.22277692886414824],
  [9_999, 10_000, 0.9875562524344859],
])('stays right at large size: a = %d, c = %i', (load, servers, expected) => {
  expect(erlangC(load, servers)).toBeCloseTo(expected, 11);
});

test('one server is busy for a share ρ of the time', () => {
  for (const rho of [0, 0.1, 0.5, 0.999999]) expect(erlangC(rho, 1)).toBeCloseTo(rho, 14);
});

test.each([
  [3, 3],
  [7, 3],
])('everybody waits when %d erlangs meet %i servers', (load, servers) => {
  expect(erlangC(load, servers)).toBe(1);
});

test('is a probability that grows with the load and shrinks with the servers', () => {
  const check = property(
    integer({ min: 1, max: 2000 }),
    double({ min: 0, max: 1, noNaN: true }),
    double({ min: 0, max: 1, noNaN: true }),
    (servers, rho, share) => {
      const wait = erlangC(rho * servers, servers);
      expect(wait).toBeGreaterThanOrEqual(0);
      expect(wait).toBeLessThanOrEqual(1);
      expect(erlangC(rho * share * servers, servers)).toBeLessThanOrEqual(wait + 1e-12);
      expect(erlangC(rho * servers, servers + 1)).toBeLessThanOrEqual(wait + 1e-12);
    },
  );
  expect(() => assert(check)).not.toThrow();
});

test('refuses what is no load and no number of servers', () => {
  expect(() => erlangC(-1, 1)).toThrow(RangeError);
  expect(() => erlangC(1, 0)).toThrow(RangeError);
});
