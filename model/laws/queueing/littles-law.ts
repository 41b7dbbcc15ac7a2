import { nonNegative, positive } from '../argument/argument.ts';

/*
 * Little's law L = X R, for any system in which nothing is lost or made between arrival and departure: L requests on
 * average inside, X leaving per second, each after R seconds. Each form throws a `RangeError` on a negative number or a
 * divisor of zero.
 *
 * Literature: J. D. C. Little, Operations Research 9 (1961) 383-387; Lazowska et al., Quantitative System Performance,
 * 1984, ch. 3.
 */

/** L = X R: how many requests are inside on average. */
export function numberInSystem(throughput_per_s: number, response_s: number): number {
  nonNegative('throughput_per_s', throughput_per_s);
  nonNegative('response_s', response_s);
  return throughput_per_s * response_s;
}

/** R = L / X: how long, in seconds, each stays. */
export function timeInSystem(numberInSystem: number, throughput_per_s: number): number {
  nonNegative('numberInSystem', numberInSystem);
  positive('throughput_per_s', throughput_per_s);
  return numberInSystem / throughput_per_s;
}

/** X = L / R: how many pass per second. */
export function throughputOfSystem(numberInSystem: number, response_s: number): number {
  nonNegative('numberInSystem', numberInSystem);
  positive('response_s', response_s);
  return numberInSystem / response_s;
}
