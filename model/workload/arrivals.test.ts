import { expect, test } from 'vitest';
import { createArrivals } from './arrivals.ts';
import type { Schedule, SchedulePhase } from './workload.ts';
import { WorkloadError } from './workload-error.ts';

const phase = (name: string, duration_s: number, from: number, to = from): SchedulePhase => ({
  name,
  duration_s,
  judged: true,
  rate_per_s: from,
  rate_end_per_s: to,
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
