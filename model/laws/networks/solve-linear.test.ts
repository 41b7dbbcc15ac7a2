import { array, assert, double, property } from 'fast-check';
import { expect, test } from 'vitest';
import { solveLinear } from './solve-linear.ts';

test.each([
  [
    [
      [2, 1],
      [1, 3],
    ],
    [3, 5],
    [0.8, 1.4],
  ],
  // Zero on the diagonal: only an exchange of rows solves it.
  [
    [
      [0, 1],
      [1, 0],
    ],
    [3, 5],
    [5, 3],
  ],
  // Without pivoting 1e-20 would swallow the 1s and x would come out as 0.
  [
    [
      [1e-20, 1],
      [1, 1],
    ],
    [1, 2],
    [1, 1],
  ],
  [[], [], []],
])('%j x = %j', (matrix, right, expected) => {
  const found = solveLinear(matrix, right);
  expect(found).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 14);
});

test('its solution fulfils the equations, and the arguments stay as they were', () => {
  const entry = double({ min: -1, max: 1, noNaN: true });
  const row = array(entry, { minLength: 6, maxLength: 6 });
  const check = property(array(row, { minLength: 6, maxLength: 6 }), row, (rows, right) => {
    // A dominant diagonal keeps it away from singular.
    const matrix = rows.map((row, i) => row.map((value, j) => (i === j ? 7 : value)));
    const before = structuredClone({ matrix, right });
    const solution = solveLinear(matrix, right);
    for (const [i, row] of matrix.entries()) {
      const left = row.reduce((sum, value, j) => sum + value * (solution[j] ?? NaN), 0);
      expect(left).toBeCloseTo(right[i] ?? NaN, 12);
    }
    expect({ matrix, right }).toEqual(before);
  });
  expect(() => assert(check)).not.toThrow();
});

test.each([
  [
    [
      [1, 2],
      [2, 4],
    ],
    [1, 2],
  ],
  [[[1, 2]], [1]],
  [[[1]], [1, 2]],
])('refuses %j x = %j', (matrix, right) => {
  expect(() => solveLinear(matrix, right)).toThrow(RangeError);
});
