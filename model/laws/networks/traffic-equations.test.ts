import { array, assert, double, property } from 'fast-check';
import { expect, test } from 'vitest';
import { trafficEquations } from './traffic-equations.ts';

test('a station that sends a share p back to itself works 1 / (1 - p) times', () => {
  expect(trafficEquations([3], [[0.75]])[0]).toBeCloseTo(12, 12);
});

test('stations that nothing reaches stay idle', () => {
  expect(
    trafficEquations(
      [5, 0],
      [
        [0, 0],
        [1, 0],
      ],
    ),
  ).toEqual([5, 0]);
});

test('what enters also leaves, and no rate is negative', () => {
  const n = 5;
  const weights = array(double({ min: 0, max: 1, noNaN: true }), { minLength: n + 1, maxLength: n + 1 });
  const check = property(array(weights, { minLength: n, maxLength: n }), weights, (rows, external) => {
    // The last weight of a row is the way out, never quite closed.
    const exits = rows.map((row) => (row[n] ?? 0) + 0.01);
    const sums = rows.map((row, i) => row.slice(0, n).reduce((sum, weight) => sum + weight, exits[i] ?? 0));
    const routing = rows.map((row, i) => row.slice(0, n).map((weight) => weight / (sums[i] ?? 1)));
    const arrivals = trafficEquations(external.slice(0, n), routing);
    const entering = external.slice(0, n).reduce((sum, rate) => sum + rate, 0);
    const leaving = arrivals.reduce((sum, rate, i) => sum + (rate * (exits[i] ?? 0)) / (sums[i] ?? 1), 0);
    expect(leaving).toBeCloseTo(entering, 9);
    for (const rate of arrivals) expect(rate).toBeGreaterThanOrEqual(0);
  });
  expect(() => assert(check)).not.toThrow();
});

test.each([
  ['requests that go round for ever', [1, 0], [[0, 1], [1, 0]], 'station 0 can never leave'], // prettier-ignore
  ['a ring whose shares miss 1 by rounding', [1], [[0.1 + 0.7 + 0.2 - 1e-16]], 'station 0 can never leave'],
  ['a trap behind a way out', [1, 0], [[0, 0.5], [0, 1]], 'station 1 can never leave'], // prettier-ignore
  ['more than everything', [1, 0], [[0.6, 0.6], [0, 0]], 'routing row 0'], // prettier-ignore
  ['a negative share', [1], [[-0.5]], 'routing row 0'],
  ['a negative rate', [-1], [[0]], 'external_per_s'],
  ['a matrix of another size', [1, 1], [[0]], '2 by 2'],
])('refuses %s', (_, external_per_s, routing, message) => {
  expect(() => trafficEquations(external_per_s, routing)).toThrow(RangeError);
  expect(() => trafficEquations(external_per_s, routing)).toThrow(message);
});
