import { nonNegative, positive } from '../argument/argument.ts';

/** One part of a request's way that takes time, one after the other. */
export interface BudgetTerm {
  readonly name: string;
  readonly time_s: number;
}

export interface Budget {
  readonly total_s: number;
  /** Limit - total; negative when the budget is overdrawn. */
  readonly left_s: number;
  /** The first of the longest. */
  readonly largest: BudgetTerm;
  /** Each term's share of the total, in the order given; 0 when the total is. */
  readonly shares: readonly { readonly name: string; readonly share: number }[];
}

/**
 * Adds up the terms of a latency budget against its limit. What runs side by side is one term (`parallel_s`). Means add
 * up, percentiles do not: for those see `percentileOfSum_s`. RangeError for no terms.
 */
export function latencyBudget(terms: readonly BudgetTerm[], limit_s: number): Budget {
  positive('limit_s', limit_s);
  const [first] = terms;
  if (first === undefined) throw new RangeError('a budget has at least one term');
  const total_s = series_s(terms.map(({ time_s }) => time_s));
  return {
    total_s,
    left_s: limit_s - total_s,
    largest: terms.reduce((largest, term) => (term.time_s > largest.time_s ? term : largest), first),
    shares: terms.map(({ name, time_s }) => ({ name, share: total_s > 0 ? time_s / total_s : 0 })),
  };
}

/** Time of steps that follow each other: their sum. */
export function series_s(times_s: readonly number[]): number {
  return times_s.reduce((sum, time_s) => sum + nonNegative('time_s', time_s), 0);
}

/**
 * Time of steps that run side by side and are all waited for: the longest. For fixed times; the mean of a maximum is
 * longer than the longest mean.
 */
export function parallel_s(times_s: readonly number[]): number {
  return times_s.reduce((longest, time_s) => Math.max(longest, nonNegative('time_s', time_s)), 0);
}
