import type { Estimate, Estimates } from './estimates.ts';
import { replicationsFor } from './replication-interval.ts';
import { studentT975 } from '../../laws/scalability/student-t.ts';

/**
 * How well replications agree: the larger of half width over value of the mean and of p95 of all requests. Infinity when that
 * cannot be told, of a single short run or without any answer.
 */
export function relativePrecision({ overall }: Estimates): number {
  return Math.max(relative(overall.mean_s), relative(overall.p95_s));
}

function relative(estimate: Estimate | null): number {
  if (!estimate || estimate.halfWidth95 === null) return Infinity;
  if (estimate.halfWidth95 === 0) return 0;
  return estimate.value > 0 ? estimate.halfWidth95 / estimate.value : Infinity;
}

/**
 * How many replications in all would bring `relativePrecision` down to `target`, if they scatter as those so far; those
 * there are when it is reached, Infinity when it cannot be told. Throws a `RangeError` unless the target is positive.
 */
export function replicationsNeeded({ replications, overall }: Estimates, target: number): number {
  if (!(target > 0)) throw new RangeError(`a precision is above 0, not ${target}`);
  const needed = [overall.mean_s, overall.p95_s].map((estimate) => neededFor(estimate, replications, target));
  return Math.max(replications, ...needed);
}

function neededFor(estimate: Estimate | null, replications: number, target: number): number {
  if (relative(estimate) <= target) return replications;
  if (!estimate || estimate.halfWidth95 === null || replications < 2) return Infinity;
  const deviation = (estimate.halfWidth95 * Math.sqrt(replications)) / studentT975(replications - 1);
  return replicationsFor(target * estimate.value, deviation);
}
