import { createRandom } from '../random/random.ts';
import { checkSchedule } from './check-schedule.ts';
import { expectedArrivals, timeOfExpected } from './cumulative-rate.ts';
import type { RatePiece, Schedule } from './workload.ts';

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
  const stretches = stretchesOf(schedule);
  let due = schedule.process === 'poisson' ? 0 : -0.5;
  let next = 0;
  let expectedBefore = 0;
  const current = { at_us: 0, phase: 0, advance };

  function advance(): boolean {
    due += gap();
    for (; next < stretches.length; next++) {
      const stretch = stretches[next];
      if (stretch === undefined) break;
      const expected = expectedArrivals(stretch.piece);
      if (due - expectedBefore < expected) {
        const at_s = stretch.start_s + timeOfExpected(stretch.piece, due - expectedBefore);
        current.phase = stretch.phase;
        // Rounding must not push an arrival over its phase's border.
        current.at_us = Math.min(Math.floor(at_s * 1e6), Math.max(0, stretch.phaseEnd_us - 1));
        return true;
      }
      expectedBefore += expected;
    }
    return false;
  }
  return current;
}

/** A piece with its place on the time line. */
interface Stretch {
  readonly piece: RatePiece;
  readonly start_s: number;
  readonly phase: number;
  readonly phaseEnd_us: number;
}

function stretchesOf({ phases }: Schedule): Stretch[] {
  let phaseStart_s = 0;
  return phases.flatMap(({ pieces, duration_s }, phase) => {
    let start_s = phaseStart_s;
    phaseStart_s += duration_s;
    const phaseEnd_us = Math.floor(phaseStart_s * 1e6);
    return pieces.map((piece) => {
      const stretch = { piece, start_s, phase, phaseEnd_us };
      start_s += piece.duration_s;
      return stretch;
    });
  });
}
