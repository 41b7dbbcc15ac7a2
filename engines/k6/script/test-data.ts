import type { Drawing } from './draw.ts';

/** A load job as the script takes it, from `test.json`. Rows of feed i, as the request templates need them, are in `feed-i.json`. */
export interface TestData extends Drawing {
  readonly base_url: string;
  /** Virtual users of each phase: each has one request under way and a connection of its own. */
  readonly vus: number;
  /** When the drain is over, s from the start; requests are given up then. */
  readonly end_s: number;
  /** How long k6 waits for iterations once a phase is over. */
  readonly graceful_stop: string;
  /** Begins the ids that requests of this run are sent with. */
  readonly id_prefix: string;
  readonly phases: readonly TestPhase[];
  readonly classes: readonly TestClass[];
}

export interface TestPhase {
  readonly name: string;
  readonly start: string;
  /** Number of its first request, counted over the whole test as planned. */
  readonly first: number;
  readonly start_rate: number;
  readonly time_unit: string;
  readonly stages: readonly { readonly duration: string; readonly target: number }[];
}

export interface TestClass {
  readonly name: string;
  readonly method: string;
  readonly path: Text;
  /** Names and their values. */
  readonly headers: readonly (readonly [string, Text])[];
  readonly body?: Text;
  readonly accept: readonly number[];
  readonly timeout_ms: number;
}

/** Literal text, cells of feeds, and the request's own id. */
export type Text = readonly (string | TextCell)[];
export type TextCell = { readonly feed: number; readonly column: number } | { readonly own: 'id' };
