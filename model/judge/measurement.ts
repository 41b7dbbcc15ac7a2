import type { Interval95 } from './intervals.ts';
import type { MetricUnit } from './metric.ts';
import type { Window } from './window.ts';

/** A value with what it rests on. */
export interface Measurement {
  /** In `unit`. */
  readonly value: number;
  readonly unit: MetricUnit;
  /** What was counted to get it: requests, or readings of a tier. Never 0. */
  readonly samples: number;
  /** Absent for plain counts of one run, and where the samples are too few. */
  readonly interval95?: Interval95;
  /** The value rests on requests that never answered: the true one is at least this. */
  readonly censored: boolean;
  readonly window: Window;
}
