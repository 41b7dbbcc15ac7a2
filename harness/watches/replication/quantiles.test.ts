import { expect, test } from 'vitest';
import { quantile } from './quantiles.ts';

test.each([
  [[3, 1, 2], 0.5, 2],
  [[1, 2, 3, 4], 0.5, 2],
  [Array.from({ length: 100 }, (_, index) => 100 - index), 0.95, 95],
  [[7], 0.95, 7],
  [[2, 9, 4], 1, 9],
  [[2, 9, 4], 0, 2],
])('of %j at %d', (samples, share, expected) => expect(quantile(samples, share)).toBe(expected));

test('of nothing there is none', () => expect(quantile([], 0.5)).toBeUndefined());
