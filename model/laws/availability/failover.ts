import { nonNegative } from '../argument/argument.ts';
import { YEAR_S } from './downtime.ts';

/** An active node with a standby that takes over. */
export interface Failover {
  /** Failures of the active node. */
  readonly failures_per_year: number;
  /** From the failure until it is noticed. */
  readonly detection_s: number;
  /** From then until the standby serves: election, promotion, routing and the clients' recovery. */
  readonly promotion_s: number;
}

/**
 * Downtime in a year: failures × (detection + promotion), at most the whole year. The standby is taken to be there
 * whenever it is needed: both failing at once is a parallel system (`parallelAvailability`).
 */
export function failoverDowntime_s(failover: Failover): number {
  const failures = nonNegative('failures_per_year', failover.failures_per_year);
  const each_s = nonNegative('detection_s', failover.detection_s) + nonNegative('promotion_s', failover.promotion_s);
  return Math.min(YEAR_S, failures * each_s);
}

/** Availability over a year that the failovers leave: 1 - downtime / year. */
export function failoverAvailability(failover: Failover): number {
  return 1 - failoverDowntime_s(failover) / YEAR_S;
}
