import { expect, test } from 'vitest';
import { numberInSystem, throughputOfSystem, timeInSystem } from './littles-law.ts';

test('each of the three follows from the other two', () => {
  // λ = 75 per second, R = 0.04 s, L = 3.
  expect(numberInSystem(75, 0.04)).toBeCloseTo(3, 12);
  expect(timeInSystem(3, 75)).toBeCloseTo(0.04, 12);
  expect(throughputOfSystem(3, 0.04)).toBeCloseTo(75, 12);
});

test('an idle system is empty', () => {
  expect(numberInSystem(0, 0.04)).toBe(0);
});

test('nothing is divided by zero', () => {
  expect(() => timeInSystem(3, 0)).toThrow(RangeError);
  expect(() => throughputOfSystem(3, 0)).toThrow(RangeError);
  expect(() => numberInSystem(-1, 1)).toThrow(RangeError);
});
