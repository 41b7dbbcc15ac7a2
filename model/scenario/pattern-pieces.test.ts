import { describe, expect, it } from 'vitest';
import type { Pattern } from '../plan/plan.ts';
import { meanRate_per_s } from '../workload/cumulative-rate.ts';
import { highestFactor, patternPieces } from './pattern-pieces.ts';
import { spikePieces } from './spike-pieces.ts';

const HOUR_S = 3600;
const pattern = (name: string, period_s: number, ...factors: number[]): Pattern => ({
  name,
  title: name,
  period_s,
  parts: factors.map((factor, index) => ({
    label: '',
    from_s: (index * period_s) / factors.length,
    to_s: ((index + 1) * period_s) / factors.length,
    factor,
  })),
});
const daily = pattern('daily', 24 * HOUR_S, 0.4, 1.6);
const weekly = pattern('weekly', 7 * 24 * HOUR_S, 1, 1, 1, 1, 1, 0.5, 1.5);
const flat = (pieces: ReturnType<typeof patternPieces>) => pieces.map((piece) => [piece.duration_s, piece.rate_per_s]);

describe('a pattern', () => {
  it('is drawn into the duration, its mean kept', () => {
    const pieces = patternPieces({ patterns: [daily], from_s: 0, until_s: 24 * HOUR_S }, 100, 600);
    expect(flat(pieces)).toEqual([
      [300, 40],
      [300, 160],
    ]);
  });

  it('can be a part of its period, or go on beyond it', () => {
    const window = { patterns: [daily], from_s: 6 * HOUR_S, until_s: 30 * HOUR_S };
    expect(flat(patternPieces(window, 100, 240))).toEqual([
      [60, 40],
      [120, 160],
      [60, 40],
    ]);
  });

  it('is multiplied by another: a week of days', () => {
    const window = { patterns: [weekly, daily], from_s: 0, until_s: 7 * 24 * HOUR_S };
    const pieces = patternPieces(window, 100, 7 * 24 * HOUR_S);
    expect(pieces.length).toBe(14);
    expect(flat(pieces).slice(10)).toEqual(
      [
        [12 * HOUR_S, 20],
        [12 * HOUR_S, 80],
        [12 * HOUR_S, 60],
        [12 * HOUR_S, 240],
      ].map(([duration_s, rate]) => [duration_s, expect.closeTo(rate ?? 0, 9) as number]),
    );
    expect(meanRate_per_s({ duration_s: 7 * 24 * HOUR_S, pieces })).toBeCloseTo(100, 9);
    expect(highestFactor([weekly, daily])).toBeCloseTo(2.4, 9);
  });
});

describe('a spike', () => {
  it('rises, holds and falls', () => {
    const spike = { rate_per_s: 10, factor: 5, rise_s: 1, fall_s: 2, duration_s: 10 };
    expect(spikePieces(spike)).toEqual([
      { duration_s: 1, rate_per_s: 10, rate_end_per_s: 50 },
      { duration_s: 7, rate_per_s: 50, rate_end_per_s: 50 },
      { duration_s: 2, rate_per_s: 50, rate_end_per_s: 10 },
    ]);
  });

  it('may jump', () => {
    const spike = { rate_per_s: 10, factor: 5, rise_s: 0, fall_s: 0, duration_s: 10 };
    expect(spikePieces(spike)).toEqual([{ duration_s: 10, rate_per_s: 50, rate_end_per_s: 50 }]);
  });
});
