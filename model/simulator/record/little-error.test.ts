import { expect, test } from 'vitest';
import { littleError } from './little-error.ts';

test.each([
  [3, 75, 0.04, 0],
  [10, 75, 0.04, 0.7],
  [2, 75, 0.04, -0.5],
  [0, 0, 0, 0],
])('%d inside, %d/s for %d s each: %d', (inside, throughput, residence, error) => {
  expect(littleError(inside, throughput, residence)).toBeCloseTo(error, 12);
});
