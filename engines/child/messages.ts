import type { GeneratorHealth, Interval } from '../../model/observation/observation.ts';
import type { LoadJob, LoadResult, Progress } from '../engine.ts';
import type { CellSoFar } from '../ledger/cell.ts';

/** From the parent to the generator. */
export type Order =
  | { readonly type: 'job'; readonly job: LoadJob; readonly part: Part }
  | { readonly type: 'start'; readonly start: Start }
  | { readonly type: 'stop' };

/** Which of the generators that share a job this one is: arrivals `index`, `index + of`, … are its own. */
export interface Part {
  readonly index: number;
  readonly of: number;
}

export const WHOLE: Part = { index: 0, of: 1 };

/** When the schedule starts, the same moment for all generators: by the monotonic clock of this machine, and by the wall clock. */
export interface Start {
  readonly monotonic_ns: bigint;
  readonly wall_ms: number;
}

/** A result without its intervals, which went ahead second by second. */
export type FinalResult = Omit<LoadResult, 'intervals'>;

/** From the generator to the parent. */
export type Report =
  | { readonly type: 'ready' }
  | { readonly type: 'phase'; readonly phase: string; readonly at_s: number }
  | IntervalsReport
  | { readonly type: 'progress'; readonly progress: Progress }
  | SoFarReport
  | { readonly type: 'done'; readonly result: FinalResult }
  | { readonly type: 'failed'; readonly message: string };

/** Seconds that are over; of one generator among others with their response times, by `bucketsOf`. */
export interface IntervalsReport {
  readonly type: 'intervals';
  readonly intervals: readonly Interval[];
  readonly buckets: readonly Int32Array[];
}

/** What a generator saw until now. A cell that nothing was added to since the report before is left out. */
export interface SoFarReport {
  readonly type: 'so-far';
  readonly at_s: number;
  readonly cells: readonly CellSoFar[];
  readonly generator: GeneratorHealth;
}
