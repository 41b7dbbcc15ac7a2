import { describe, expect, test } from 'vitest';
import { meanInterval, poissonScore, wilson } from './intervals.ts';

describe('wilson', () => {
  // Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3.
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('%i of %i', (hits, n, low, high) => {
    expect(wilson(hits, n).low).toBeCloseTo(low, 4);
    expect(wilson(hits, n).high).toBeCloseTo(high, 4);
  });

  test('all hits reach exactly 1', () => {
    expect(wilson(420_000, 420_000).high).toBe(1);
    expect(wilson(420_000, 420_000).low).toBeLessThan(1);
  });
});

describe('poissonScore', () => {
  test('no events still leave room for 3.84', () => {
    expect(poissonScore(0)).toEqual({ low: 0, high: expect.closeTo(3.8415, 4) });
  });

  test('many events spread by their square root', () => {
    const { low, high } = poissonScore(10_000);
    expect(low).toBeCloseTo(10_000 - 196 + 1.92, 1);
    expect(high).toBeCloseTo(10_000 + 196 + 1.92, 1);
  });
});

describe('meanInterval', () => {
  test('mean 30 ms, deviation 10 ms, 10,001 samples', () => {
    const interval = meanInterval(0.03, 0.01, 10_001);
    expect(interval?.low).toBeCloseTo(0.029804, 6);
    expect(interval?.high).toBeCloseTo(0.030196, 6);
  });

  test('too few samples have none', () => {
    expect(meanInterval(0.03, 0.01, 29)).toBeUndefined();
  });
});
