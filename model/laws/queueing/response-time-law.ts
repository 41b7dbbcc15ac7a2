import { nonNegative, positive } from '../argument/argument.ts';

/**
 * Interactive response time law: R = N / X - Z, in seconds, for N customers who each think Z seconds between an answer
 * and their next request, with X answers per second. Below zero when the three figures contradict each other, as
 * measured ones may. Throws a `RangeError` on negative numbers and a throughput of zero.
 *
 * Literature: Lazowska et al., Quantitative System Performance, 1984, ch. 3.
 */
export function responseTimeLaw(customers: number, throughput_per_s: number, think_s: number): number {
  nonNegative('customers', customers);
  positive('throughput_per_s', throughput_per_s);
  nonNegative('think_s', think_s);
  return customers / throughput_per_s - think_s;
}
