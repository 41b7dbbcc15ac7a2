import { expect, test } from 'vitest';
import { expectedArrivals, firstPieces, rateAt_per_s } from './cumulative-rate.ts';

const RISE = { duration_s: 10, rate_per_s: 0, rate_end_per_s: 100 };
const HOLD = { duration_s: 20, rate_per_s: 100, rate_end_per_s: 100 };

test('the rate at a moment, the later one at a border, the last one at the end', () => {
  const pieces = [RISE, { ...HOLD, rate_per_s: 50, rate_end_per_s: 50 }];
  expect([0, 5, 9.9, 10, 29.9, 30, 31].map((at_s) => rateAt_per_s(pieces, at_s))).toEqual([0, 50, 99, 50, 50, 50, 50]);
  expect(rateAt_per_s([], 1)).toBe(0);
});

test('the first part of a row of pieces holds what is due until then', () => {
  const due = (at_s: number): number =>
    firstPieces([RISE, HOLD], at_s).reduce((sum, piece) => sum + expectedArrivals(piece), 0);
  expect([0, 5, 10, 12, 30, 99].map(due)).toEqual([0, 125, 500, 700, 2500, 2500]);
  expect(firstPieces([RISE, HOLD], 5)).toEqual([{ duration_s: 5, rate_per_s: 0, rate_end_per_s: 50 }]);
});
