import { nonNegative } from '../argument/argument.ts';
import { mmc } from './mmc.ts';
import { queueMeans, type QueueMeans, type Station } from './queue-means.ts';

export interface VariableStation extends Station {
  /** ca²: squared coefficient of variation (variance / mean²) of the times between arrivals; 1 for Poisson arrivals. */
  readonly arrivalScv: number;
  /** cs²: that of the service time; 0 constant, 1 exponential. */
  readonly serviceScv: number;
}

/**
 * G/G/c, approximately (Allen and Cunneen): Wq = (ca² + cs²) / 2 times the wait of M/M/c. Exact for M/M/c and M/G/1,
 * and ever better as ρ nears 1; at low load it only gives the order of magnitude. Arrivals per second, service time in
 * seconds. Waits and lengths are Infinity when ρ >= 1, whatever the variation. Throws a `RangeError` on negative
 * numbers and fewer than one server.
 *
 * Literature: A. O. Allen, Probability, Statistics, and Queueing Theory, 2nd ed. 1990, ch. 5; G. Bolch et al.,
 * Queueing Networks and Markov Chains, 2nd ed. 2006, ch. 6.
 */
export function allenCunneen(station: VariableStation): QueueMeans {
  const { arrivals_per_s, service_s, servers, arrivalScv, serviceScv } = station;
  nonNegative('arrivalScv', arrivalScv);
  nonNegative('serviceScv', serviceScv);
  const { wait_s } = mmc(arrivals_per_s, service_s, servers);
  return queueMeans(station, () => ((arrivalScv + serviceScv) / 2) * wait_s);
}
