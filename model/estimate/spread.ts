import type { Evaluator } from '../plan/compute.ts';

/** What a figure may be, when the inputs are what their ranges allow. */
export interface Spread {
  /** Null where more than 5, 50 or 95 % of the samples have no finite value. */
  readonly p5: number | null;
  readonly p50: number | null;
  readonly p95: number | null;
  /** Share of the samples without a finite value: a queue that never drains. */
  readonly unstable: number;
  /** Inputs by the share of the variance that each explains by itself; with `together` they make exactly 1. */
  readonly ranking: readonly { readonly input: string; readonly share: number }[];
  readonly together: number;
}

/** A figure to look at, beside the plan's quantities. */
export interface Figure {
  readonly id: string;
  readonly of: (values: Evaluator) => number;
}
