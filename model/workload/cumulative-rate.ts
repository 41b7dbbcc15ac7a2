import type { SchedulePhase } from './workload.ts';

/** Expected arrivals of a phase: the area under its rate, (start + end) / 2 x duration. */
export function expectedArrivals(phase: SchedulePhase): number {
  return ((phase.rate_per_s + phase.rate_end_per_s) / 2) * phase.duration_s;
}

/**
 * The time within a phase, in s, by which `expected` arrivals are due: the inverse of
 *
 *     L(t) = r t + a t^2 / 2,   a = (r_end - r) / duration
 *
 * written as 2 L / (r + sqrt(r^2 + 2 a L)), which stays accurate when a is small or zero. Clamped to the phase.
 */
export function timeOfExpected(phase: SchedulePhase, expected: number): number {
  const rate = phase.rate_per_s;
  const slope = (phase.rate_end_per_s - rate) / phase.duration_s;
  const discriminant = Math.max(0, rate * rate + 2 * slope * expected);
  const denominator = rate + Math.sqrt(discriminant);
  if (denominator === 0) return 0;
  return Math.min((2 * expected) / denominator, phase.duration_s);
}
