import { createRandom } from '../random/random.ts';
import { checkSchedule } from './check-schedule.ts';
import { expectedArrivals, timeOfExpected } from './cumulative-rate.ts';
import type { Schedule } from './workload.ts';

/** Intended arrivals in time order, one at a time: a day of them takes no more memory than one. */
export interface Arrivals {
  /** Moves on to the next arrival; false when the schedule is over. */
  advance(): boolean;
  /** Intended time of the current arrival, whole µs from the start of the schedule. */
  readonly at_us: number;
  /** Index of its phase. */
  readonly phase: number;
}

/**
 * The arrivals of a schedule. With L(t) the expected arrivals until t (the area under the rate), arrival k happens
 * where L(t) = S_k: for `uniform` S_k = k + 1/2, so that a constant rate of n puts exactly n arrivals into every second,
 * evenly spaced; for `poisson` S_k is a sum of unit exponentials (time change of a Poisson process: Çinlar,
 * Introduction to Stochastic Processes, 1975, ch. 4.7). Throws a `WorkloadError` for an impossible schedule.
 */
export function createArrivals(schedule: Schedule): Arrivals {
  checkSchedule(schedule);
  const random = createRandom(schedule.seed, 'arrivals');
  const gap = schedule.process === 'poisson' ? random.exponential : (): number => 1;
  let due = schedule.process === 'poisson' ? 0 : -0.5;
  let phaseStart_s = 0;
  let phaseStartExpected = 0;
  const current = { at_us: 0, phase: 0, advance };

  function advance(): boolean {
    due += gap();
    for (; current.phase < schedule.phases.length; current.phase++) {
      const phase = schedule.phases[current.phase];
      if (phase === undefined) break;
      const expected = expectedArrivals(phase);
      if (due - phaseStartExpected < expected) {
        const end_us = Math.floor((phaseStart_s + phase.duration_s) * 1e6);
        const at_s = phaseStart_s + timeOfExpected(phase, due - phaseStartExpected);
        // Rounding must not push an arrival over its phase's border.
        current.at_us = Math.min(Math.floor(at_s * 1e6), Math.max(0, end_us - 1));
        return true;
      }
      phaseStart_s += phase.duration_s;
      phaseStartExpected += expected;
    }
    return false;
  }
  return current;
}
