import { nonNegative, whole } from '../argument/argument.ts';
import { exp, ln } from '../../random/portable-math.ts';
import { rankPoints } from './rank-points.ts';

/**
 * How requests spread over a catalogue: classes of objects that are equally popular, in no order. Few classes stand for
 * many objects: the sum of count × f(probability) is that of f over all objects. A count need not be whole, and one
 * that corrects the others may be negative.
 */
export interface Popularity {
  /** Objects in the catalogue; the counts add up to it. */
  readonly objects: number;
  /** Probability that a request asks for one given object of the class; count × probability adds up to 1. */
  readonly probabilities: Float64Array;
  /** Objects in the class. */
  readonly counts: Float64Array;
}

/** Above it the last ranks' weights would leave the range of numbers. */
const EXPONENT_MAX = 10;

/**
 * Zipf's law: the object of rank k is asked for with probability k^-exponent / (1^-exponent + … + objects^-exponent).
 * An exponent of 0 is uniform; web requests lie at 0.6 to 1. Classes as of `rankPoints`, the most popular object first:
 * some 90 for 500 million objects. RangeError unless there is at least one object and the exponent lies from 0 to 10.
 * Literature: G. K. Zipf, Human Behavior and the Principle of Least Effort, 1949; Breslau et al., Web Caching and
 * Zipf-like Distributions, INFOCOM 1999.
 */
export function zipfPopularity(objects: number, exponent: number): Popularity {
  whole('objects', objects, 1);
  if (nonNegative('exponent', exponent) > EXPONENT_MAX)
    throw new RangeError(`exponent is at most ${EXPONENT_MAX}, not ${exponent}`);
  const points = rankPoints(objects, exponent);
  const weights = points.map(({ lnRank }) => exp(-exponent * lnRank));
  const total = points.reduce((sum, { weight }, i) => sum + weight * (weights[i] ?? 0), 0);
  return {
    objects,
    probabilities: Float64Array.from(weights, (weight) => weight / total),
    counts: Float64Array.from(points, ({ weight }) => weight),
  };
}

/**
 * Share of requests that ask for the `top` most popular of `objects` under Zipf's law: H(top) / H(objects), where H(n)
 * is 1^-exponent + … + n^-exponent. From 0 to 1, linear between whole numbers. RangeError as for `zipfPopularity`.
 */
export function shareOfTop(objects: number, exponent: number, top: number): number {
  const all = harmonic(objects, exponent);
  if (nonNegative('top', top) >= objects) return 1;
  const below = Math.floor(top);
  const next = (top - below) * exp(-exponent * ln(below + 1));
  return Math.min(1, ((below === 0 ? 0 : harmonic(below, exponent)) + next) / all);
}

/** 1^-exponent + … + n^-exponent: how many times the requests for the most popular object all requests are. */
function harmonic(n: number, exponent: number): number {
  return 1 / (zipfPopularity(n, exponent).probabilities[0] ?? 1);
}
