import { nonNegative } from '../argument/argument.ts';
import { exp } from '../../random/portable-math.ts';

/** How long after its commit a write shows on a replica. */
export type Lag =
  | { readonly distribution: 'exponential'; readonly mean_s: number }
  | { readonly distribution: 'fixed'; readonly lag_s: number };

/** P(lag > t): the probability that a replica does not show a write yet, `since_s` after its commit. */
export function behindProbability(lag: Lag, since_s: number): number {
  nonNegative('since_s', since_s);
  if (lag.distribution === 'fixed') return since_s < nonNegative('lag_s', lag.lag_s) ? 1 : 0;
  if (nonNegative('mean_s', lag.mean_s) === 0) return 0;
  const exponent = -since_s / lag.mean_s;
  return exponent > -700 ? exp(exponent) : 0;
}
