import { describe, expect, it } from 'vitest';
import { shiftOf } from './shift.ts';

describe('the shift between two sets', () => {
  it('is the textbook estimate with its interval: 0.305 and, at 95 %, from -0.15 to 0.76', () => {
    // Hollander and Wolfe, Nonparametric Statistical Methods, 1973, p. 69, as R's wilcox.test with `conf.int = TRUE` has it.
    const atTerm = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
    const { value, low, high } = shiftOf([1.15, 0.88, 0.9, 0.74, 1.21], atTerm, 0.05);
    expect(value).toBeCloseTo(0.305, 3);
    expect(low).toBeCloseTo(-0.15, 2);
    expect(high).toBeCloseTo(0.76, 2);
  });

  it('has no interval of 95 % below four values a side', () => {
    expect(shiftOf([1, 2, 3], [11, 12, 13], 0.05)).toEqual({ value: 10 });
    expect(shiftOf([1, 2, 3, 4], [11, 12, 13, 14], 0.05)).toEqual({ value: 10, low: 7, high: 13 });
  });

  it('of equal values is nothing at all', () => {
    expect(shiftOf([0, 0, 0, 0], [0, 0, 0, 0], 0.05)).toEqual({ value: 0, low: 0, high: 0 });
  });
});
