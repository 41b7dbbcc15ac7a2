import { describe, expect, test } from 'vitest';
import { median, trendOf } from './trend.ts';

describe('trendOf', () => {
  test('a straight line has its own slope', () => {
    expect(trendOf([1, 3, 5, 7, 9, 11])?.slope).toBe(2);
  });

  test('one outlier does not make a trend', () => {
    const trend = trendOf([5, 5, 5, 5, 5, 5, 5, 5, 5, 500]);
    expect(trend?.slope).toBe(0);
    expect(trend?.z).toBeLessThan(2);
  });

  test('the statistic of Mann-Kendall: 10 rising values have S = 45, z = 44 / sqrt(125)', () => {
    expect(trendOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])?.z).toBeCloseTo(44 / Math.sqrt(125), 9);
  });

  test('too few values have none', () => {
    expect(trendOf([1, 2, 3])).toBeUndefined();
  });
});

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 2, 3], 2.5],
  [[], 0],
])('median of %j', (values, expected) => {
  expect(median(values)).toBe(expected);
});
