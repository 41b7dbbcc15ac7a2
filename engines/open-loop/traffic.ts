import type { ClassObservation } from '../../model/observation/observation.ts';

/** What becomes of arrivals: each is a request, or the first of several. Times in µs from the start of the schedule. */
export interface Traffic {
  /** One arrival, drawn and sent. */
  offer(intended_us: number, phase: number): void;
  /** An arrival that is another generator's: drawn all the same, so that the sequence goes on. */
  pass(): void;
  /** Sends what has become due since, beside the arrivals. */
  proceed(now_us: number): void;
  /** When `proceed` has something to send; Infinity when nothing waits. */
  readonly next_us: number;
  /** Nothing is due from then on. */
  endAt(end_us: number): void;
  /** The account that journeys have of their own, when nothing is in flight any more. */
  account(): readonly ClassObservation[] | undefined;
}
