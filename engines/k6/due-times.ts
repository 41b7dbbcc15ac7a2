import { expectedArrivals, timeOfExpected } from '../../model/workload/cumulative-rate.ts';
import type { RatePiece, SchedulePhase } from '../../model/workload/workload.ts';

interface Stretch {
  readonly piece: RatePiece;
  readonly start_s: number;
  /** Iterations due before it, and until its end. */
  readonly before: number;
  readonly until: number;
}

/**
 * When k6's ramping-arrival-rate executor means to begin the iterations of a phase: number k, counted from 1, where the area
 * under the rate is k (grafana/k6, lib/executor/ramping_arrival_rate.go). Seconds count from the start of the phase.
 */
export class DueTimes {
  readonly #stretches: readonly Stretch[];
  readonly #duration_s: number;
  /** The stretch that was asked for last: the next question is mostly about the same. */
  #at = 0;

  constructor({ pieces, duration_s }: SchedulePhase) {
    let start_s = 0;
    let until = 0;
    this.#duration_s = duration_s;
    this.#stretches = pieces.map((piece) => {
      const stretch = { piece, start_s, before: until, until: until + expectedArrivals(piece) };
      start_s += piece.duration_s;
      until = stretch.until;
      return stretch;
    });
  }

  /** When iteration k is due; the end of the phase when there is none. */
  of(k: number): number {
    while ((this.#stretches[this.#at]?.until ?? Infinity) < k) this.#at++;
    while ((this.#stretches[this.#at]?.before ?? Infinity) >= k && this.#at > 0) this.#at--;
    const stretch = this.#stretches[this.#at];
    if (stretch === undefined) return this.#duration_s;
    return stretch.start_s + timeOfExpected(stretch.piece, k - stretch.before);
  }

  /** Iterations due until then. */
  until(at_s: number): number {
    const stretch = this.#stretches.findLast(({ start_s }) => start_s <= at_s);
    if (stretch === undefined) return 0;
    const { piece, start_s, before } = stretch;
    const into_s = Math.min(at_s - start_s, piece.duration_s);
    const rate_per_s = piece.rate_per_s + ((piece.rate_end_per_s - piece.rate_per_s) * into_s) / piece.duration_s / 2;
    return before + rate_per_s * into_s;
  }
}
