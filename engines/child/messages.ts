import type { Interval } from '../../model/observation/observation.ts';
import type { LoadJob, LoadResult, Progress } from '../engine.ts';

/** From the parent to the generator. */
export type Order = { readonly type: 'job'; readonly job: LoadJob } | { readonly type: 'stop' };

/** A result without its intervals, which went ahead second by second. */
export type FinalResult = Omit<LoadResult, 'intervals'>;

/** From the generator to the parent. */
export type Report =
  | { readonly type: 'phase'; readonly phase: string; readonly at_s: number }
  | { readonly type: 'intervals'; readonly intervals: readonly Interval[] }
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'done'; readonly result: FinalResult }
  | { readonly type: 'failed'; readonly message: string };
