import { describe, expect, it } from 'vitest';
import { demandCurve, factorAt } from './autoscale-demand.ts';

const HOUR = 3600;
const HALVES = {
  period_s: 4 * HOUR,
  parts: [
    { label: 'quiet', from_s: 0, to_s: 2 * HOUR, factor: 0.5 },
    { label: 'busy', from_s: 2 * HOUR, to_s: 4 * HOUR, factor: 1.5 },
  ],
};

describe('factorAt', () => {
  it.each([
    [1, 0.5],
    [2, 1],
    [3, 1.5],
    [3.5, 1.25],
    [0, 1],
    [0.5, 0.75],
  ])('moves linearly between the middles of parts, around the end too: at %d h %d', (hour, factor) =>
    expect(factorAt(HALVES, hour * HOUR)).toBeCloseTo(factor, 12),
  );

  it('is constant for a pattern of one part', () => {
    const one = { period_s: HOUR, parts: [{ label: '', from_s: 0, to_s: HOUR, factor: 1 }] };
    expect([0, 1800, 3599].map((at_s) => factorAt(one, at_s))).toEqual([1, 1, 1]);
  });
});

describe('demandCurve', () => {
  it('has the demand of the plan at the peak, minute by minute', () => {
    const { tick_s, demand } = demandCurve(HALVES, 300);
    expect([tick_s, demand.length]).toEqual([60, 240]);
    expect(demand[180]).toBe(300);
    expect(demand[60]).toBe(100);
    expect(Math.max(...demand)).toBe(300);
  });

  it('divides a period that is no whole number of minutes evenly', () => {
    const { tick_s, demand } = demandCurve({ ...HALVES, period_s: 4 * HOUR + 20 }, 300);
    expect(tick_s * demand.length).toBeCloseTo(4 * HOUR + 20, 6);
  });
});
