import { nonNegative } from '../argument/argument.ts';

/**
 * Forced flow law: X_k = V_k X. A request that visits station k on average V_k times makes it work V_k times as often
 * as the system answers. Both rates per second. Throws a `RangeError` on negative numbers.
 *
 * Literature: P. J. Denning, J. P. Buzen, ACM Computing Surveys 10 (1978) 225-261; Lazowska et al., Quantitative System
 * Performance, 1984, ch. 3.
 */
export function forcedFlow(visits: number, throughput_per_s: number): number {
  nonNegative('visits', visits);
  nonNegative('throughput_per_s', throughput_per_s);
  return visits * throughput_per_s;
}
