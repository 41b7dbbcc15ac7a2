import { nonNegative } from '../argument/argument.ts';
import { queueMeans, type QueueMeans } from './queue-means.ts';

/**
 * M/G/1: Poisson arrivals, any service time, one server, by the Pollaczek-Khinchine formula
 * Wq = (1 + c²) / 2 * ρ S / (1 - ρ). `serviceScv` is the squared coefficient of variation c² = variance / mean² of the
 * service time: 0 constant, 1 exponential, above 1 heavier. Arrivals per second, service time in seconds. Waits and
 * lengths are Infinity when ρ >= 1. Throws a `RangeError` on negative numbers.
 *
 * Literature: L. Kleinrock, Queueing Systems, vol. 1, 1975, ch. 5.
 */
export function mg1(arrivals_per_s: number, service_s: number, serviceScv: number): QueueMeans {
  nonNegative('serviceScv', serviceScv);
  return queueMeans(
    { arrivals_per_s, service_s, servers: 1 },
    (load) => ((1 + serviceScv) / 2) * ((load * service_s) / (1 - load)),
  );
}
