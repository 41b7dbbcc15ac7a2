import { expect, test } from 'vitest';
import { studentT975 } from './student-t.ts';

// M. Abramowitz, I. A. Stegun, Handbook of Mathematical Functions, 1964, table 26.10.
test.each([
  [1, 12.706],
  [2, 4.303],
  [3, 3.182],
  [5, 2.571],
  [10, 2.228],
  [11, 2.201],
  [12, 2.179],
  [20, 2.086],
  [30, 2.042],
  [120, 1.98],
])('%i degrees of freedom: %d', (degrees, expected) => {
  expect(studentT975(degrees)).toBeCloseTo(expected, 3);
});

test('the table and the expansion meet, and end at the normal distribution', () => {
  // 30 digits by inversion of the incomplete beta function.
  expect(studentT975(11)).toBeCloseTo(2.20098516009164, 5);
  expect(studentT975(20)).toBeCloseTo(2.08596344726586, 6);
  expect(studentT975(1e9)).toBeCloseTo(1.959963984540054, 8);
});

test.each([0, 1.5, NaN])('refuses %d degrees of freedom', (degrees) => {
  expect(() => studentT975(degrees)).toThrow(RangeError);
});
