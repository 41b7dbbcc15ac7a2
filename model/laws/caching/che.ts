import { nonNegative, share } from '../argument/argument.ts';
import { exp } from '../../random/portable-math.ts';
import type { Popularity } from './zipf-popularity.ts';

/** Newton's method takes 3 to 8, and a few dozen when all but everything is cached. */
const STEPS_MAX = 200;
/** A step this small, as a share of the time, leaves an error of about its square. */
const STEP_MIN = 1e-7;
/** From here on 1 - exp(-x) is 1 to the last digit. */
const CERTAIN = 37.5;

/**
 * Share of requests that an LRU cache answers, by Che's approximation. An object of popularity p is in the cache when
 * it was asked for within the last T requests, which has probability 1 - exp(-pT); the characteristic time T is where
 * the expected number of cached objects, the sum of these, equals the size of the cache. The hit ratio is then the sum
 * of p (1 - exp(-pT)).
 *
 * `cacheSize` counts objects of equal size (bytes / mean size); 0 gives 0, the whole catalogue or more gives 1.
 * Requests are independent of each other and popularity does not change. Some 20 µs, however many the objects, and
 * within 1e-7 of the sum over every single one under Zipf's law.
 * Literature: H. Che, Y. Tung, Z. Wang, IEEE JSAC 20 (2002) 1305-1314; C. Fricker, P. Robert, J. Roberts, A versatile
 * and accurate approximation for LRU cache performance, ITC 24, 2012, on why it is so good.
 */
export function lruHitRatio(popularity: Popularity, cacheSize: number): number {
  nonNegative('cacheSize', cacheSize);
  if (cacheSize === 0) return 0;
  if (cacheSize >= popularity.objects) return 1;
  const time = timeToReach(popularity, popularity.counts, cacheSize);
  return Math.min(1, seenWithin(popularity, requestShares(popularity), time).sum);
}

/**
 * Objects that an LRU cache has to hold to answer the share `hitRatio` of requests: the inverse of `lruHitRatio`, not
 * rounded. 0 for 0, the whole catalogue for 1.
 */
export function cacheForHitRatio(popularity: Popularity, hitRatio: number): number {
  share('hitRatio', hitRatio);
  if (hitRatio === 0) return 0;
  if (hitRatio === 1) return popularity.objects;
  const time = timeToReach(popularity, requestShares(popularity), hitRatio);
  return Math.min(popularity.objects, seenWithin(popularity, popularity.counts, time).sum);
}

/** The share of all requests that each class gets. */
function requestShares({ probabilities, counts }: Popularity): Float64Array {
  return counts.map((count, i) => count * (probabilities[i] ?? 0));
}

/** A sum over all classes at some time, and how fast it rises. */
interface Curve {
  readonly sum: number;
  readonly slope: number;
}

/**
 * Sum of weight × P(seen within `time` requests) over all classes, and its slope. Every class weighs either its
 * objects, then the sum is what the cache holds, or its requests, then it is the hit ratio.
 */
function seenWithin({ probabilities }: Popularity, weights: Float64Array, time: number): Curve {
  let sum = 0;
  let slope = 0;
  for (let i = 0; i < weights.length; i++) {
    const p = probabilities[i] ?? 0;
    const weight = weights[i] ?? 0;
    const seen = seenProbability(p * time);
    sum += weight * seen;
    slope += weight * p * (1 - seen);
  }
  return { sum, slope };
}

/** 1 - exp(-x), without losing the digits of a small x. */
function seenProbability(x: number): number {
  if (x < 1e-5) return x - (x * x) / 2;
  return x < CERTAIN ? 1 - exp(-x) : 1;
}

/** An upper bound of `seenWithin` without exponentials, and its slope: 1 - exp(-x) is at most x, and at most 1. */
function seenAtMost({ probabilities }: Popularity, weights: Float64Array, time: number): Curve {
  let sum = 0;
  let slope = 0;
  for (let i = 0; i < weights.length; i++) {
    const p = probabilities[i] ?? 0;
    const weight = weights[i] ?? 0;
    sum += weight * Math.min(1, p * time);
    if (p * time < 1) slope += weight * p;
  }
  return { sum, slope };
}

/** The time at which `seenWithin` reaches a target: not before its upper bound does, which is soon found. */
function timeToReach(popularity: Popularity, weights: Float64Array, target: number): number {
  const least = climb((time) => seenAtMost(popularity, weights, time), target, 0);
  return climb((time) => seenWithin(popularity, weights, time), target, least);
}

/**
 * The time at which a sum reaches a target, by Newton's method from an earlier time. The sum rises ever more slowly, so
 * each step falls short of the target or meets it; none is taken when the target is out of reach but for rounding.
 */
function climb(curve: (time: number) => Curve, target: number, start: number): number {
  let time = start;
  for (let i = 0; i < STEPS_MAX; i++) {
    const { sum, slope } = curve(time);
    const step = (target - sum) / slope;
    if (!(step > 0 && step < Infinity)) break;
    time += step;
    if (step < time * STEP_MIN) break;
  }
  return time;
}
