import { expect, test } from 'vitest';
import { createArrivals } from './arrivals.ts';
import { scheduleArrivals } from './check-schedule.ts';
import type { RatePiece, Schedule, SchedulePhase } from './workload.ts';
import { WorkloadError } from './workload-error.ts';

const phase = (name: string, duration_s: number, from: number, to = from): SchedulePhase => ({
  name,
  duration_s,
  judged: true,
  pieces: [{ duration_s, rate_per_s: from, rate_end_per_s: to }],
});
const schedule = (process: Schedule['process'], seed: number, ...phases: SchedulePhase[]): Schedule => ({
  process,
  seed,
  phases,
});

function all(of: Schedule): { at_us: number; phase: number }[] {
  const arrivals = createArrivals(of);
  const list: { at_us: number; phase: number }[] = [];
  while (arrivals.advance()) list.push({ at_us: arrivals.at_us, phase: arrivals.phase });
  return list;
}

function perSecond(of: Schedule): number[] {
  const counts: number[] = [];
  for (const { at_us } of all(of)) counts[Math.floor(at_us / 1e6)] = (counts[Math.floor(at_us / 1e6)] ?? 0) + 1;
  return counts;
}

test('uniform: every second holds exactly its rate, evenly spaced, across phases', () => {
  expect(perSecond(schedule('uniform', 1, phase('a', 3, 7000), phase('b', 2, 10)))).toEqual([7000, 7000, 7000, 10, 10]);
  const times = all(schedule('uniform', 1, phase('a', 1, 4))).map(({ at_us }) => at_us);
  expect(times).toEqual([125_000, 375_000, 625_000, 875_000]);
});

test('uniform: a ramp holds the area under it, second by second', () => {
  // 0 to 100 /s over 10 s: second k holds (2k + 1) x 5.
  expect(perSecond(schedule('uniform', 1, phase('ramp', 10, 0, 100)))).toEqual([5, 15, 25, 35, 45, 55, 65, 75, 85, 95]);
  expect(perSecond(schedule('uniform', 1, phase('down', 10, 100, 0)))).toEqual([95, 85, 75, 65, 55, 45, 35, 25, 15, 5]);
});

test('a fractional remainder is carried into the next phase, and a phase without rate is silent', () => {
  const counts = perSecond(schedule('uniform', 1, phase('a', 1, 1.5), phase('b', 1, 0), phase('c', 1, 1.5)));
  expect((counts[0] ?? 0) + (counts[2] ?? 0)).toBe(3);
  expect(counts[1]).toBeUndefined();
});

test('times never go back and stay within their phase', () => {
  const phases = [phase('a', 1.5, 300, 900), phase('b', 0.25, 2000), phase('c', 2, 900, 0)];
  const borders_us = [0, 1.5e6, 1.75e6, 3.75e6];
  for (const process of ['uniform', 'poisson'] as const) {
    let before_us = 0;
    for (const { at_us, phase: index } of all(schedule(process, 3, ...phases))) {
      expect(at_us).toBeGreaterThanOrEqual(Math.max(before_us, borders_us[index] ?? 0));
      expect(at_us).toBeLessThan(borders_us[index + 1] ?? 0);
      expect(Number.isInteger(at_us)).toBe(true);
      before_us = at_us;
    }
  }
});

test('poisson: gaps have mean and variance of an exponential distribution', () => {
  const times = all(schedule('poisson', 5, phase('a', 100, 1000))).map(({ at_us }) => at_us);
  const gaps_ms = times.slice(1).map((at_us, i) => (at_us - (times[i] ?? 0)) / 1000);
  const mean = gaps_ms.reduce((sum, gap) => sum + gap, 0) / gaps_ms.length;
  const variance = gaps_ms.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps_ms.length;
  expect(Math.abs(mean - 1)).toBeLessThan(0.015);
  expect(Math.abs(variance - 1)).toBeLessThan(0.05);
});

test('poisson: counts per second scatter like a Poisson law, whose variance is its mean', () => {
  const counts = perSecond(schedule('poisson', 9, phase('a', 1000, 50)));
  const mean = counts.reduce((sum, n) => sum + n, 0) / 1000;
  const variance = counts.reduce((sum, n) => sum + (n - mean) ** 2, 0) / 1000;
  expect(Math.abs(mean - 50)).toBeLessThan(1);
  expect(variance / mean).toBeGreaterThan(0.85);
  expect(variance / mean).toBeLessThan(1.15);
});

test('the seed decides', () => {
  const [once, again, other] = [1, 1, 2].map((seed) => all(schedule('poisson', seed, phase('a', 1, 100))));
  expect(once).toEqual(again);
  expect(once).not.toEqual(other);
});

test('the same bytes as ever: of a phase of one piece the arrivals do not change', () => {
  const phases = [
    phase('ramp', 2.5, 100, 700),
    phase('silent', 0.3, 0),
    phase('peak', 1.1, 700),
    phase('down', 1.7, 350.5, 0),
  ];
  const sampled = (process: Schedule['process']): number[] =>
    all(schedule(process, 7, ...phases)).flatMap(({ at_us }, index) => (index % 400 === 0 ? [at_us] : []));
  expect(sampled('poisson')).toEqual([9946, 1413875, 2150241, 3079842, 3672350, 4768337]);
  expect(sampled('uniform')).toEqual([4970, 1457129, 2199522, 3086428, 3657857, 4791265]);
});

test('pieces follow each other within their phase, silent ones too', () => {
  const piece = (duration_s: number, rate_per_s: number, rate_end_per_s = rate_per_s): RatePiece => ({
    duration_s,
    rate_per_s,
    rate_end_per_s,
  });
  const spike = {
    name: 'spike',
    duration_s: 4,
    judged: true,
    pieces: [piece(1, 10), piece(1, 10, 50), piece(1, 0), piece(1, 20)],
  };
  const closed = { name: 'closed', duration_s: 2, judged: true, pieces: [] };
  const of = schedule('uniform', 1, spike, closed, phase('after', 1, 5));
  expect(perSecond(of)).toEqual([10, 30, undefined, 20, undefined, undefined, 5]);
  expect(new Set(all(of).map(({ phase: index }) => index))).toEqual(new Set([0, 2]));
  expect(scheduleArrivals(of)).toBe(65);
});

test('a phase in pieces of the same rate has the arrivals of one piece', () => {
  const whole = schedule('poisson', 3, phase('a', 4, 100, 300));
  const halves = [
    { duration_s: 2, rate_per_s: 100, rate_end_per_s: 200 },
    { duration_s: 2, rate_per_s: 200, rate_end_per_s: 300 },
  ];
  const cut = all(schedule('poisson', 3, { ...phase('a', 4, 100), pieces: halves }));
  const differences_us = all(whole).map(({ at_us }, index) => Math.abs(at_us - (cut[index]?.at_us ?? Infinity)));
  expect(cut.length).toBe(differences_us.length);
  expect(Math.max(...differences_us)).toBeLessThanOrEqual(1);
});

test('tells everything that is wrong with a schedule', () => {
  const wrong = schedule('uniform', 0.5, phase('a', 0, 1), phase('a', 1, -1, NaN));
  let problems: readonly string[] = [];
  try {
    createArrivals(wrong);
  } catch (error) {
    if (error instanceof WorkloadError) problems = error.problems;
  }
  expect(problems).toHaveLength(5);
});

test.each([
  ['do not fill the phase', [{ duration_s: 1, rate_per_s: 1, rate_end_per_s: 1 }], /lasts 2 s, but its pieces 1 s/],
  ['last no time', [{ duration_s: 0, rate_per_s: 1, rate_end_per_s: 1 }], /positive duration, not 0 s/],
])('refuses pieces that %s', (_, pieces, message) => {
  expect(() => createArrivals(schedule('uniform', 1, { ...phase('a', 2, 1), pieces }))).toThrow(message);
});
