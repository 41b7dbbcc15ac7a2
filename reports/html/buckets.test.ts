import { describe, expect, it } from 'vitest';
import { bucketLength_s, bucketsOf, spreadOf } from './buckets.ts';

describe('bucketLength_s', () => {
  it.each([
    [55, 1, 1],
    [360, 1, 1],
    [361, 1, 2],
    [3600, 1, 10],
    [3600, 60, 60],
    [86_400, 1, 300],
    [3600, 0.3, 15],
    [1e7, 1, 27_778],
  ])('over %d s in intervals of %d s: %d s', (duration_s, interval_s, length_s) => {
    expect(bucketLength_s(duration_s, interval_s)).toBeCloseTo(length_s, 6);
    expect(duration_s / length_s).toBeLessThanOrEqual(360);
  });
});

it('buckets hold every item once, in time order, and none where there is nothing', () => {
  const buckets = bucketsOf([9, 0, 1, 25], 10, (at_s) => at_s);
  expect(buckets).toEqual([
    { start_s: 0, end_s: 10, items: [9, 0, 1] },
    { start_s: 20, end_s: 30, items: [25] },
  ]);
});

it('a spread keeps the extremes, so that a spike of one second is seen in an hour', () => {
  expect(spreadOf([3, 2, 900, 1])).toEqual({ low: 1, middle: 2, high: 900 });
  expect(spreadOf([])).toBeNull();
});
