import type { JourneyTemplate } from './journey-template.ts';

/**
 * What is sent: request classes with their shares, and the feeds their templates draw from. Plain data, so that a
 * generator process can be handed it and the simulator can draw the same keys.
 */
export interface Workload {
  readonly classes: readonly RequestTemplate[];
  readonly feeds: Readonly<Record<string, Feed>>;
  /** When there are any, arrivals are journeys instead of requests, and the shares of classes mean nothing. */
  readonly journeys?: readonly JourneyTemplate[];
}

/**
 * One request class as HTTP. Strings may hold `${feed.column}`: one row is drawn per feed and request, so two columns
 * of the same feed in one request belong to the same row. `${request.id}` is an id that no other request of any run has.
 * Values are URL-encoded in `path` and JSON-escaped in `body`.
 */
export interface RequestTemplate {
  readonly class: string;
  /** Relative weight; the shares of all classes of a workload add up to 1. */
  readonly share: number;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text with placeholders, or undefined for no body. */
  readonly body?: string;
  /** Statuses that count as ok. */
  readonly accept: readonly number[];
  readonly timeout_ms: number;
  /** Its requests stand in the log of writes, by their `${request.id}`. */
  readonly record?: true;
}

/** Rows to draw from. A zipf pick takes row k (0-based) with probability proportional to 1 / (k + 1)^exponent. */
export interface Feed {
  readonly pick: 'uniform' | 'zipf' | 'sequential';
  /** Zipf exponent; only for `zipf`. */
  readonly exponent?: number;
  readonly columns: readonly string[];
  /** All rows as cells; every row has one cell per column. */
  readonly rows: readonly (readonly string[])[];
}

/** The schedule of arrivals: phases one after the other, drawn from a seed. Plain data, for a generator process. */
export interface Schedule {
  /** `uniform`: evenly spaced; `poisson`: exponential gaps (open-loop arrivals of independent users). */
  readonly process: 'uniform' | 'poisson';
  readonly phases: readonly SchedulePhase[];
  readonly seed: number;
}

export interface SchedulePhase {
  readonly name: string;
  readonly duration_s: number;
  readonly judged: boolean;
  /** The rate over the phase, piece by piece; none for a closed loop. Together they last as long as the phase. */
  readonly pieces: readonly RatePiece[];
}

/** A stretch of time over which the rate moves linearly. */
export interface RatePiece {
  readonly duration_s: number;
  /** Rate at the start of the piece. */
  readonly rate_per_s: number;
  /** Rate at its end; the same as `rate_per_s` when constant. */
  readonly rate_end_per_s: number;
}

/**
 * `uniform` spaces arrivals evenly; `poisson` are independent users; `bursty` is a Poisson process whose rate is modulated: it is
 * `factor` times the base rate for `on_s` on average, and the base rate for `off_s` (both exponential), the base rate being
 * such that the mean stays as stated (a Markov-modulated Poisson process; Fischer and Meier-Hellstern 1993).
 */
export type ArrivalProcess =
  | { readonly kind: 'uniform' | 'poisson' }
  | { readonly kind: 'bursty'; readonly factor: number; readonly on_s: number; readonly off_s: number };
