import { nonNegative, positive, share, whole } from '../argument/argument.ts';

/** Exponential back-off: a first try, and further ones after ever longer delays. */
export interface RetryPolicy {
  /** Delay before the first retry. */
  readonly first_s: number;
  /** Each further delay over the one before. */
  readonly factor: number;
  /** Tries after the first. */
  readonly retries: number;
  /** No delay is longer; absent for no limit. */
  readonly delayMax_s?: number;
}

export interface RetrySchedule {
  readonly delays_s: readonly number[];
  /** The first try and all retries. */
  readonly tries: number;
  /** From the first try to the last, without the time that the tries take themselves. */
  readonly total_s: number;
}

/**
 * The delays first, first × factor, first × factor², …: 5 s with factor 5 and 3 retries gives 5, 25, 125 s and 155 s in
 * all. RangeError when a delay grows beyond what a number holds.
 */
export function retrySchedule({ first_s, factor, retries, delayMax_s }: RetryPolicy): RetrySchedule {
  let next_s = nonNegative('first_s', first_s);
  positive('factor', factor);
  if (delayMax_s !== undefined) nonNegative('delayMax_s', delayMax_s);
  const delays_s: number[] = [];
  for (let i = 0; i < whole('retries', retries, 0); i++) {
    delays_s.push(delayMax_s === undefined ? nonNegative('delay', next_s) : Math.min(next_s, delayMax_s));
    next_s *= factor;
  }
  return { delays_s, tries: retries + 1, total_s: delays_s.reduce((sum, delay_s) => sum + delay_s, 0) };
}

/**
 * Probability that every try fails, each with the same probability and independently: p^tries. In an outage tries are
 * not independent: one that outlasts the schedule fails them all.
 */
export function allTriesFailProbability(failure: number, tries: number): number {
  share('failure', failure);
  let probability = 1;
  for (let i = 0; i < whole('tries', tries, 1) && probability > 0; i++) probability *= failure;
  return probability;
}

/**
 * Tries that a request takes on average, which is the factor by which retries raise the load: 1 + p + p² + … over
 * `tries` terms. Independent failures, as above.
 */
export function meanTries(failure: number, tries: number): number {
  share('failure', failure);
  let sum = 0;
  let probability = 1;
  for (let i = 0; i < whole('tries', tries, 1) && probability > 0; i++) {
    sum += probability;
    probability *= failure;
  }
  return sum;
}
