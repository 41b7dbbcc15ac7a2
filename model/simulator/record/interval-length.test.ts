import { expect, test } from 'vitest';
import { intervalLength_s } from './interval-length.ts';

test.each([
  [1, 1],
  [14_400, 1],
  [14_401, 10],
  [86_400, 10],
  [7 * 86_400, 60],
  [30 * 86_400, 600],
  [365 * 86_400, 3_600],
  [10 * 365 * 86_400, 3_600],
])('a run of %d s has intervals of %d s', (duration_s, length_s) => {
  expect(intervalLength_s(duration_s)).toBe(length_s);
});
