import { whole } from '../argument/argument.ts';
import { offeredLoad } from './offered-load.ts';

/**
 * Utilisation law: U = X S / c, the share of time that each of c servers is busy. Throughput per second, service time
 * in seconds. Given arrivals in place of throughput it is the traffic intensity, and 1 or more says that the servers
 * cannot keep up. Throws a `RangeError` on negative numbers and fewer than one server.
 *
 * Literature: Lazowska et al., Quantitative System Performance, 1984, ch. 3.
 */
export function utilisation(throughput_per_s: number, service_s: number, servers: number): number {
  whole('servers', servers, 1);
  return offeredLoad(throughput_per_s, service_s) / servers;
}
