import { expect, test } from 'vitest';
import { erlangB } from './erlang-b.ts';

/** a^c / c! over the sum of a^k / k!, in logarithms, as the formula is defined. */
function byDefinition(load: number, servers: number): number {
  const logTerms = [0];
  for (let k = 1; k <= servers; k++) logTerms.push((logTerms[k - 1] ?? 0) + Math.log(load / k));
  const last = logTerms[servers] ?? 0;
  return 1 / logTerms.reduce((sum, term) => sum + Math.exp(term - last), 0);
}

test.each([
  [1, 1, 1 / 2],
  [1, 2, 1 / 5],
  [2, 3, 4 / 19],
  [0, 4, 0],
])('a = %d on %i servers, by hand', (load, servers, expected) => {
  expect(erlangB(load, servers)).toBeCloseTo(expected, 14);
});

// Evaluated with 60 decimal digits from 1 / B = sum of c! / (c - j)! / a^j.
test.each([
  [9_900, 10_000, 2.858126738856586e-3],
  [9_999, 10_000, 7.87367750611536e-3],
  [10_000, 10_000, 7.936563248805671e-3],
  [10_100, 10_000, 1.50715277663414e-2],
])('stays right at large size: a = %d, c = %i', (load, servers, expected) => {
  expect(erlangB(load, servers) / expected).toBeCloseTo(1, 11);
});

test.each([
  [0.5, 10],
  [7, 4],
  [64, 64],
  [900, 1000],
])('agrees with its definition: a = %d, c = %i', (load, servers) => {
  expect(erlangB(load, servers) / byDefinition(load, servers)).toBeCloseTo(1, 10);
});

test('what can hardly happen is 0, what must happen 1', () => {
  expect(erlangB(0.5, 1000)).toBe(0);
  expect(erlangB(Number.MAX_VALUE, 10)).toBe(1);
});

test.each([
  [-1, 1],
  [NaN, 1],
  [1, 0],
  [1, 2.5],
])('refuses a = %d, c = %d', (load, servers) => {
  expect(() => erlangB(load, servers)).toThrow(RangeError);
});
