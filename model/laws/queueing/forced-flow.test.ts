import { expect, test } from 'vitest';
import { forcedFlow } from './forced-flow.ts';

// Closed network of Jain, The Art of Computer Systems Performance Analysis, 1991, 3.42: V = 16, 10, 5 at X = 0.33325.
test.each([
  [16, 5.332],
  [10, 3.3325],
  [5, 1.66625],
  [0, 0],
])('%i visits a request', (visits, expected) => {
  expect(forcedFlow(visits, 0.33325)).toBeCloseTo(expected, 12);
});

test('refuses negative numbers', () => {
  expect(() => forcedFlow(-1, 1)).toThrow(RangeError);
  expect(() => forcedFlow(1, -1)).toThrow(RangeError);
});
