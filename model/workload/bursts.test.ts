import { array, assert, double, nat, property, record, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { createArrivals } from './arrivals.ts';
import { withBursts } from './bursts.ts';
import { checkSchedule, scheduleArrivals } from './check-schedule.ts';
import type { SchedulePhase } from './workload.ts';

const phase = (name: string, duration_s: number, from: number, to = from): SchedulePhase => ({
  name,
  duration_s,
  judged: true,
  pieces: [{ duration_s, rate_per_s: from, rate_end_per_s: to }],
});
const BURSTY = { kind: 'bursty', factor: 5, on_s: 1, off_s: 9 } as const;

test('other processes are left as they are', () => {
  const phases = [phase('a', 10, 100)];
  for (const kind of ['uniform', 'poisson'] as const) expect(withBursts(phases, { kind }, 1)).toEqual(phases);
});

test('the rate is one of two, `factor` apart, and its mean as stated', () => {
  const [cut] = withBursts([phase('a', 100_000, 100)], BURSTY, 7);
  const rates = new Set(cut?.pieces.map(({ rate_per_s }) => Number(rate_per_s.toFixed(6))));
  // 1 s of 10 s is on: b (0.1 x 5 + 0.9) = 1.
  expect([...rates].toSorted((a, b) => a - b)).toEqual([71.428571, 357.142857]);
  expect(scheduleArrivals({ process: 'poisson', seed: 1, phases: cut ? [cut] : [] }) / 1e7).toBeCloseTo(1, 1);
  const lengths = (times: number): number[] =>
    cut?.pieces.flatMap((piece) => (Math.abs(piece.rate_per_s - times) < 1 ? [piece.duration_s] : [])) ?? [];
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(Math.abs(mean(lengths(357)) - 1)).toBeLessThan(0.05);
  expect(Math.abs(mean(lengths(71)) - 9)).toBeLessThan(0.4);
});

test('counts per second scatter more than those of a Poisson process', () => {
  const phases = withBursts([phase('a', 2000, 50)], BURSTY, 3);
  const arrivals = createArrivals({ process: 'poisson', seed: 3, phases });
  const counts = Array.from({ length: 2000 }, () => 0);
  while (arrivals.advance()) {
    const second = Math.floor(arrivals.at_us / 1e6);
    counts[second] = (counts[second] ?? 0) + 1;
  }
  const mean = counts.reduce((sum, n) => sum + n, 0) / counts.length;
  const variance = counts.reduce((sum, n) => sum + (n - mean) ** 2, 0) / counts.length;
  expect(variance / mean).toBeGreaterThan(5);
});

test('whatever is cut, the phases keep their length, and no rate is wrong', () => {
  const time = double({ min: 0.001, max: 50, noNaN: true });
  const rate = double({ min: 0, max: 1000, noNaN: true });
  assert(
    property(
      array(tuple(time, rate, rate), { minLength: 1, maxLength: 5 }),
      record({ factor: double({ min: 1.01, max: 100, noNaN: true }), on_s: time, off_s: time }),
      nat(),
      (pieces, bursts, seed) => {
        const phases = pieces.map(([duration_s, from, to], index) => phase(String(index), duration_s, from, to));
        const cut = withBursts(phases, { kind: 'bursty', ...bursts }, seed);
        checkSchedule({ process: 'poisson', seed, phases: cut });
        expect(withBursts(phases, { kind: 'bursty', ...bursts }, seed)).toEqual(cut);
      },
    ),
    { numRuns: 100 },
  );
});
