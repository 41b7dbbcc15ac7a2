import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { growthValue } from './growth-value.ts';

const DOUBLING = {
  quantity: 'load',
  points: [
    { month: 2, value: 10 },
    { month: 5, value: 80 },
  ],
  rate: 0.5,
};

describe('growthValue', () => {
  it.each([
    [0, 10, 'the first value before the first point'],
    [2, 10, 'a point'],
    [3, 20, 'between two points the same factor every month'],
    [4, 40, 'between two points the same factor every month'],
    [5, 80, 'the last point'],
    [7, 180, 'the rate behind it'],
  ])('is in month %d %d: %s', (month, value) => expect(growthValue(DOUBLING, 1, month)).toBeCloseTo(value, 9));

  it('holds what names no rate constant behind its last point', () => {
    expect(growthValue({ ...DOUBLING, rate: 0 }, 1, 99)).toBe(80);
  });

  it("begins growth without points at the plan's own value", () => {
    const rateAlone = { quantity: 'load', points: [], rate: 1 };
    expect([0, 1, 10].map((month) => growthValue(rateAlone, 3, month))).toEqual([3, 6, 3072]);
  });

  it('ends at nothing when all is lost in a month', () => {
    expect(growthValue({ quantity: 'load', points: [], rate: -1.5 }, 3, 2)).toBe(0);
  });

  it('stays between two points', () => {
    const value = fc.double({ min: 1e-6, max: 1e12, noNaN: true });
    fc.assert(
      fc.property(value, value, fc.integer({ min: 0, max: 24 }), (first, last, month) => {
        const points = [
          { month: 0, value: first },
          { month: 24, value: last },
        ];
        const at = growthValue({ quantity: 'load', points, rate: 0 }, 1, month);
        expect(at).toBeGreaterThanOrEqual(Math.min(first, last) * (1 - 1e-12));
        expect(at).toBeLessThanOrEqual(Math.max(first, last) * (1 + 1e-12));
      }),
    );
  });
});
