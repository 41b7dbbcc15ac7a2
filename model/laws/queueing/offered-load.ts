import { nonNegative } from '../argument/argument.ts';

/**
 * Offered load a = λ S in erlangs: the mean number of servers that the arrivals would keep busy if there were enough.
 * Arrivals per second, service time in seconds. Throws a `RangeError` on negative numbers and when the product
 * overflows.
 *
 * Literature: L. Kleinrock, Queueing Systems, vol. 1, 1975, ch. 2.
 */
export function offeredLoad(arrivals_per_s: number, service_s: number): number {
  nonNegative('arrivals_per_s', arrivals_per_s);
  nonNegative('service_s', service_s);
  const load = arrivals_per_s * service_s;
  nonNegative('the offered load', load);
  return load;
}
