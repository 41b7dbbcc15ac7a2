import { ln } from '../../random/portable-math.ts';
import { percentile } from '../argument/argument.ts';
import { queueMeans, type QueueMeans } from './queue-means.ts';

/**
 * M/M/1: Poisson arrivals, exponential service, one server, first come first served. Wq = ρ S / (1 - ρ), R = S / (1 -
 * ρ), L = ρ / (1 - ρ). Arrivals per second, service time in seconds. Waits and lengths are Infinity when ρ >= 1. Throws
 * a `RangeError` on negative numbers.
 *
 * Literature: L. Kleinrock, Queueing Systems, vol. 1, 1975, ch. 3.
 */
export function mm1(arrivals_per_s: number, service_s: number): QueueMeans {
  return queueMeans({ arrivals_per_s, service_s, servers: 1 }, (load) => (load * service_s) / (1 - load));
}

/**
 * The response time in seconds that a share p of the requests stays within (0.95 for p95, from 0 to below 1). The
 * response time of M/M/1 is exponential with mean R, so it is R ln(1 / (1 - p)). Infinity when ρ >= 1. Throws a
 * `RangeError` on negative numbers and when p is not a percentile.
 *
 * Literature: R. Jain, The Art of Computer Systems Performance Analysis, 1991, ch. 31.
 */
export function mm1ResponsePercentile(arrivals_per_s: number, service_s: number, p: number): number {
  percentile(p);
  const { response_s } = mm1(arrivals_per_s, service_s);
  return response_s === Infinity ? Infinity : response_s * ln(1 / (1 - p));
}
