import { nonNegative } from '../argument/argument.ts';
import { exp, ln } from '../../random/portable-math.ts';
import { gammaQuantile } from './gamma-quantile.ts';
import { normalQuantile } from '../../uncertainty/normal-quantile.ts';

/** A part of a request's way whose time varies. */
export type RandomTerm =
  | { readonly distribution: 'exponential'; readonly mean_s: number }
  /** `sigma` is the standard deviation of the time's logarithm, from 0 to 5. */
  | { readonly distribution: 'lognormal'; readonly median_s: number; readonly sigma: number };

/** The lognormal term with this median and this 95th percentile: sigma = ln(p95 / p50) / 1.645. */
export function lognormalTerm(median_s: number, p95_s: number): RandomTerm {
  if (!(median_s > 0 && p95_s >= median_s && p95_s < Infinity))
    throw new RangeError(`a median above 0 and a p95 not below it, not ${median_s} and ${p95_s}`);
  return { distribution: 'lognormal', median_s, sigma: ln(p95_s / median_s) / normalQuantile(0.95) };
}

/**
 * Percentile of the sum of independent times; `p` lies between 0 and 1, both excluded. It is not the sum of the terms'
 * percentiles, which is too high for the upper ones: slow parts rarely meet.
 *
 * An approximation by matching mean and variance:
 * - exponential terms alone: a gamma distribution, shape mean²/variance; exact when all have the same mean, else up to
 *   4 % high at the median, 1 % low at p95, 5 % at p99 and 9 % at p99.9. F. E. Satterthwaite, Biometrics Bulletin 2
 *   (1946) 110-114.
 * - any lognormal term: a lognormal distribution; exact for a single one, else, for sigma up to 1, within 10 % up to p99
 *   but a third low at p99.9 where sigmas differ. L. F. Fenton, IRE Trans. Communications Systems 8 (1960) 57-67.
 * (The errors are the largest seen over random sums of two to five terms whose means differ by up to ten or so.)
 *
 * RangeError for no terms, negative times or a sigma outside 0 to 5.
 */
export function percentileOfSum_s(terms: readonly RandomTerm[], p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`a percentile lies between 0 and 1, not at ${p}`);
  if (terms.length === 0) throw new RangeError('a sum has at least one term');
  const moments = terms.map(momentsOf);
  const mean_s = moments.reduce((sum, each) => sum + each.mean_s, 0);
  const variance_s2 = moments.reduce((sum, each) => sum + each.variance_s2, 0);
  if (variance_s2 === 0) return mean_s;
  const cv2 = variance_s2 / (mean_s * mean_s);
  if (terms.some(({ distribution }) => distribution === 'lognormal')) return lognormalPercentile(mean_s, cv2, p);
  // A sum of exponentials never varies more than one of them; rounding may say so.
  const shape = Math.max(1, 1 / cv2);
  return (mean_s / shape) * gammaQuantile(shape, p);
}

function momentsOf(term: RandomTerm): { readonly mean_s: number; readonly variance_s2: number } {
  if (term.distribution === 'exponential') {
    const mean_s = nonNegative('mean_s', term.mean_s);
    return { mean_s, variance_s2: mean_s * mean_s };
  }
  const { median_s, sigma } = term;
  if (!(sigma >= 0 && sigma <= 5)) throw new RangeError(`sigma lies from 0 to 5, not at ${sigma}`);
  const growth = exp(sigma * sigma);
  const mean_s = nonNegative('median_s', median_s) * Math.sqrt(growth);
  return { mean_s, variance_s2: mean_s * mean_s * (growth - 1) };
}

/** Mean and squared coefficient of variation give sigma² = ln(1 + cv²) and the median, mean / sqrt(1 + cv²). */
function lognormalPercentile(mean_s: number, cv2: number, p: number): number {
  const sigma = Math.sqrt(ln(1 + cv2));
  return (mean_s / Math.sqrt(1 + cv2)) * exp(sigma * normalQuantile(p));
}
