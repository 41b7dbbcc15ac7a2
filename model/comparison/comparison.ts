/**
 * `changed`: a difference is proven, and it is large enough to matter. `unchanged`: proven to be smaller than what matters.
 * `too noisy`: neither; more runs would tell.
 */
export type ComparisonStatus = 'changed' | 'unchanged' | 'too noisy' | 'no data';

/** One metric of two sets of runs. Values are in the metric's base unit. */
export interface Comparison {
  /** As it is written in a criterion: `p95(search)`. */
  readonly metric: string;
  readonly unit: string;
  /** Shown besides what was asked for: that it is too noisy leaves nothing undecided. A proven change counts as any other. */
  readonly besides?: true;
  readonly status: ComparisonStatus;
  /** Whether a change is for the better; absent without a change, and for metrics that are neither. */
  readonly direction?: 'better' | 'worse';
  /** Medians of the runs' values; absent where no run has the metric. */
  readonly before?: number;
  readonly after?: number;
  /**
   * after / before - 1, the median of all pairs (Hodges and Lehmann), with its 95 % interval; of shares after - before. Absent where
   * there are too few runs for an interval.
   */
  readonly shift?: { readonly value: number; readonly low: number; readonly high: number };
  /** Two-sided, of the rank test. */
  readonly p?: number;
  /** The same, adjusted for how many metrics were compared (Holm): what is held against the level. */
  readonly pAdjusted?: number;
  /** Cliff's delta, -1 to 1. */
  readonly effect?: number;
  /** Shifts smaller than this do not matter. */
  readonly magnitude: number;
  /** How many more runs of each side would tell; with `too noisy`, absent when no number would. */
  readonly runsNeeded?: number;
  /** One sentence with the numbers; lower case, no full stop. */
  readonly because: string;
}

/** Two sets of runs of the same scenario on the same step, metric by metric. */
export interface ComparedRuns {
  readonly plan: string;
  readonly step: number;
  readonly scenario: string;
  readonly before: ComparedSide;
  readonly after: ComparedSide;
  readonly comparisons: readonly Comparison[];
  /** Ways in which the two are not alike (another machine, scale, version): what was found may come from there. */
  readonly unlike: readonly string[];
}

export interface ComparedSide {
  /** `baseline main`, or the name of a run. */
  readonly name: string;
  readonly runs: number;
}
