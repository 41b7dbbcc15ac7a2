import * as fc from 'fast-check';
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

/** Parts one after another. */
function patternOf(parts: readonly { readonly minutes: number; readonly factor: number }[]): typeof HALVES {
  let at_s = 0;
  const placed = parts.map(({ minutes, factor }) => {
    const from_s = at_s;
    at_s += 60 * minutes;
    return { label: '', from_s, to_s: at_s, factor };
  });
  return { period_s: at_s, parts: placed };
}

/** Factor × seconds in a part. Minute by minute this is exact where parts last multiples of four minutes. */
function loadIn({ parts, period_s }: typeof HALVES, index: number): number {
  const { from_s = 0, to_s = 0 } = parts[index] ?? {};
  const at = (minute: number): number => factorAt({ parts }, (from_s + 60 * minute) % period_s);
  const minutes = Array.from({ length: (to_s - from_s) / 60 }, (_, minute) => minute);
  return minutes.reduce((sum, minute) => sum + 30 * (at(minute) + at(minute + 1)), 0);
}

describe('factorAt', () => {
  it.each([
    [60, 0.5],
    [115, 0.5],
    [117.5, 0.75],
    [120, 1],
    [122, 1.2],
    [125, 1.5],
    [235, 1.5],
    [239, 1.1],
    [0, 1],
    [1, 0.9],
    [5, 0.5],
  ])('is that of the part but for ramps of ten minutes, around the end too: at %d min %d', (minute, factor) =>
    expect(factorAt(HALVES, minute * 60)).toBeCloseTo(factor, 12),
  );

  it.each([
    [58.9, 0],
    [59, 0],
    [59.5, 0.5],
    [60, 1],
    [61, 2],
    [63, 2],
    [64, 1],
    [65, 0],
  ])('takes half of the shorter part: two of four minutes, at %d min %d', (minute, factor) => {
    const short = patternOf([
      { minutes: 60, factor: 0 },
      { minutes: 4, factor: 2 },
      { minutes: 60, factor: 0 },
    ]);
    expect(factorAt(short, minute * 60)).toBeCloseTo(factor, 12);
  });

  it('is constant for a pattern of one part', () => {
    const one = { period_s: HOUR, parts: [{ label: '', from_s: 0, to_s: HOUR, factor: 1 }] };
    expect([0, 1800, 3599].map((at_s) => factorAt(one, at_s))).toEqual([1, 1, 1]);
  });
});

describe('what a plan states', () => {
  it('is kept but for the ramps: of 40 % of a day from 8 to 9 h, 38.4 %', () => {
    const daily = patternOf([
      { minutes: 8 * 60, factor: (0.2 * 24) / 8 },
      { minutes: 60, factor: 0.4 * 24 },
      { minutes: 15 * 60, factor: (0.4 * 24) / 15 },
    ]);
    // Factors 0.6, 9.6, 0.64: ramps of 600 s move (9.6 - 0.6 + 9.6 - 0.64) × 600 / 8 = 1,347 of 86,400.
    expect(loadIn(daily, 1) / daily.period_s).toBeCloseTo(0.4 - 1347 / 86_400, 12);
  });

  it.each([
    [4, 1 / 8],
    [20, 1 / 8],
    [60, 1 / 24],
    [480, 1 / 192],
  ])('deviates the most between parts without load: %d minutes lose %d', (minutes, lost) => {
    const alone = patternOf([
      { minutes: 480, factor: 0 },
      { minutes, factor: 1 },
      { minutes: 480, factor: 0 },
    ]);
    expect(loadIn(alone, 1)).toBeCloseTo(60 * minutes * (1 - lost), 9);
  });

  it('is the mean over the period, and no part loses more than an eighth or what comes in 150 s', () => {
    const part = fc.record({
      minutes: fc.integer({ min: 1, max: 60 }).map((number) => 4 * number),
      factor: fc.integer({ min: 0, max: 100 }),
    });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 8 }), (parts) => {
        const pattern = patternOf(parts);
        const stated = parts.map(({ minutes, factor }) => 60 * minutes * factor);
        const loads = parts.map((_, index) => loadIn(pattern, index));
        const sum = (list: readonly number[]): number => list.reduce((total, load) => total + load, 0);
        expect(sum(loads) / pattern.period_s).toBeCloseTo(sum(stated) / pattern.period_s, 9);
        for (const [index, { minutes, factor }] of parts.entries()) {
          const most = factor * Math.min((60 * minutes) / 8, 150);
          expect((stated[index] ?? 0) - (loads[index] ?? 0)).toBeLessThanOrEqual(most + 1e-6);
        }
      }),
      { numRuns: 50 },
    );
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
    const odd = patternOf([
      { minutes: 120, factor: 0.5 },
      { minutes: 120 + 1 / 3, factor: 1.5 },
    ]);
    const { tick_s, demand } = demandCurve(odd, 300);
    expect(tick_s * demand.length).toBeCloseTo(4 * HOUR + 20, 6);
  });
});
