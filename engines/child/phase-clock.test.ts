import { expect, test } from 'vitest';
import { PhaseClock } from './phase-clock.ts';

const phase = (name: string, duration_s: number) => ({
  name,
  duration_s,
  judged: true,
  pieces: [{ duration_s, rate_per_s: 1, rate_end_per_s: 1 }],
});

test('tells every border once, also those it slept through, and the end', () => {
  const told: [string, number][] = [];
  const schedule = { process: 'uniform' as const, seed: 1, phases: [phase('a', 1), phase('b', 0.5), phase('c', 2)] };
  const clock = new PhaseClock(schedule, (name, at_s) => told.push([name, at_s]));
  clock.tick(-5);
  expect(told).toEqual([]);
  clock.tick(0);
  clock.tick(999_999);
  expect(clock.current).toBe('a');
  clock.tick(1_600_000);
  clock.tick(1_700_000);
  expect(clock.current).toBe('c');
  clock.finish(3.5);
  expect(told).toEqual([
    ['a', 0],
    ['b', 1],
    ['c', 1.5],
    ['c', 3.5],
  ]);
});
