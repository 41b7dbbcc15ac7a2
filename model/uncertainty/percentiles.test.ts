import { array, assert, double, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { percentilesOf } from './percentiles.ts';

/** 100 values: 1, 2, 3, … and then `last` as often as said. */
const column = (last: number, times: number): Float64Array =>
  Float64Array.from({ length: 100 }, (_, i) => (i < 100 - times ? i + 1 : last));

describe('percentilesOf', () => {
  it('interpolates as type 7 does', () => {
    // R: quantile(c(15, 20, 35, 40, 50), c(.05, .5, .95), type = 7) lies at ranks 0.2, 2 and 3.8 of 0 … 4.
    expect(percentilesOf(Float64Array.of(40, 15, 50, 20, 35))).toEqual({
      p5: 16,
      p50: 35,
      p95: 48,
      mean: 32,
      sd: expect.closeTo(Math.sqrt(830 / 4), 12),
      samples: 5,
      nonFinite: 0,
    });
  });

  it('agrees with sorting', () => {
    const number = double({ min: -1e9, max: 1e9, noNaN: true });
    const check = property(array(number, { minLength: 1, maxLength: 80 }), (list) => {
      const sorted = list.toSorted((a, b) => a - b);
      const { p5, p50, p95 } = percentilesOf(Float64Array.from(list));
      for (const [found, p] of [[p5, 0.05] as const, [p50, 0.5] as const, [p95, 0.95] as const]) {
        const rank = (list.length - 1) * p;
        const below = sorted[Math.floor(rank)] ?? 0;
        const above = sorted[Math.floor(rank) + 1] ?? below;
        expect(Math.abs((found ?? NaN) - (below + (rank % 1) * (above - below)))).toBeLessThan(1e-4);
      }
    });
    expect(() => assert(check)).not.toThrow();
  });

  it('has every percentile while infinities are rare, and counts them', () => {
    expect(percentilesOf(column(Infinity, 3))).toMatchObject({ p50: 50.5, mean: 49, samples: 100, nonFinite: 3 });
    expect(percentilesOf(column(Infinity, 3)).p95).toBeCloseTo(95.05, 12);
  });

  it.each([
    ['7 % Infinity', column(Infinity, 7), [5.95, 50.5, null]],
    // p95 lies between the 95th value, a number, and the 96th.
    ['5 % Infinity', column(Infinity, 5), [5.95, 50.5, null]],
    ['7 % NaN', column(NaN, 7), [5.95, 50.5, null]],
    ['7 % -Infinity', column(-Infinity, 7), [null, 43.5, 88.05]],
    ['60 % Infinity', column(Infinity, 60), [5.95, null, null]],
    ['nothing but Infinity', column(Infinity, 100), [null, null, null]],
    ['nothing at all', new Float64Array(0), [null, null, null]],
  ])('%s', (_, values, expected) => {
    const { p5, p50, p95 } = percentilesOf(values);
    expect([p5, p50, p95].map((value) => value && Math.round(value * 1e9) / 1e9)).toEqual(expected);
  });

  it('has no mean and no deviation of nothing, and no deviation of one', () => {
    expect(percentilesOf(Float64Array.of(Infinity, NaN))).toMatchObject({ mean: null, sd: null, nonFinite: 2 });
    expect(percentilesOf(Float64Array.of(4))).toMatchObject({ p5: 4, p95: 4, mean: 4, sd: null });
  });

  it('gives a constant back, exactly', () => {
    const constant = new Float64Array(1000).fill(0.1);
    expect(percentilesOf(constant)).toMatchObject({ p5: 0.1, p50: 0.1, p95: 0.1, mean: 0.1, sd: 0 });
  });

  it('lets no overflow through', () => {
    expect(percentilesOf(Float64Array.of(-1.7e308, 1.7e308))).toMatchObject({ p50: null, mean: null, sd: null });
  });

  it('leaves the column as it was', () => {
    const values = Float64Array.of(3, 1, NaN, 2);
    percentilesOf(values);
    expect([...values]).toEqual([3, 1, NaN, 2]);
  });
});
