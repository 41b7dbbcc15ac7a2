import { nonNegative } from '../argument/argument.ts';

/**
 * Work that has piled up `duration_s` after a queue stood empty: (arrival - service) × duration, never below 0. An
 * outage has a service rate of 0.
 */
export function backlogAfter(arrival_per_s: number, service_per_s: number, duration_s: number): number {
  const excess_per_s = nonNegative('arrival_per_s', arrival_per_s) - nonNegative('service_per_s', service_per_s);
  return Math.max(0, excess_per_s) * nonNegative('duration_s', duration_s);
}

/**
 * Time until a backlog is worked off while more arrives: backlog / (service - arrival). 0 for no backlog; Infinity when
 * service is not faster than arrival, so that it never drains.
 */
export function drainTime_s(backlog: number, arrival_per_s: number, service_per_s: number): number {
  const spare_per_s = nonNegative('service_per_s', service_per_s) - nonNegative('arrival_per_s', arrival_per_s);
  if (nonNegative('backlog', backlog) === 0) return 0;
  return spare_per_s > 0 ? backlog / spare_per_s : Infinity;
}

/** An outage or an overload, and the time after it. Fluid: rates are steady, and chance plays no part. */
export interface Episode {
  readonly duration_s: number;
  readonly arrival_per_s: number;
  /** What is still served meanwhile; 0 in an outage. */
  readonly service_per_s: number;
  readonly arrivalAfter_per_s: number;
  readonly serviceAfter_per_s: number;
}

export interface Aftermath {
  /** Waiting at the end of the episode. */
  readonly backlog: number;
  /** From the end of the episode until nothing waits; Infinity when it never drains. */
  readonly drain_s: number;
  /**
   * Of all that arrive, first come first served; Infinity when it grows without bound or the backlog is never served.
   */
  readonly worstWait_s: number;
}

/**
 * What an episode leaves behind: its backlog, the time to drain, and the worst wait, D (1 - s/λ) max(1, λ/μ), with D
 * the duration, λ and s the rates during it and μ the service rate after it. Either the first of those that are left
 * over at the end waited longest, or, when they arrived faster than they are served afterwards, the last.
 * Literature: L. Kleinrock, Queueing Systems II, 1976, chapter 2, on the fluid approximation.
 */
export function aftermathOf(episode: Episode): Aftermath {
  const { duration_s, arrival_per_s, service_per_s, arrivalAfter_per_s, serviceAfter_per_s } = episode;
  const backlog = backlogAfter(arrival_per_s, service_per_s, duration_s);
  const drain_s = drainTime_s(backlog, arrivalAfter_per_s, serviceAfter_per_s);
  return { backlog, drain_s, worstWait_s: worstWait_s(episode, backlog) };
}

function worstWait_s(episode: Episode, backlog: number): number {
  const { duration_s, arrival_per_s, service_per_s, arrivalAfter_per_s, serviceAfter_per_s } = episode;
  if (arrivalAfter_per_s > serviceAfter_per_s) return Infinity;
  if (backlog === 0) return 0;
  if (serviceAfter_per_s === 0) return Infinity;
  return duration_s * (1 - service_per_s / arrival_per_s) * Math.max(1, arrival_per_s / serviceAfter_per_s);
}
