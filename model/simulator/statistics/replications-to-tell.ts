import { wilson } from '../../judge/intervals.ts';
import type { Measurement } from '../../judge/measurement.ts';
import { replicationInterval, replicationsFor } from './replication-interval.ts';

/**
 * How many replications in all would tell on which side of the threshold the value lies, if they scatter as those so far;
 * Infinity when no sensible number would.
 */
export function replicationsToTell(
  threshold: number,
  { value, unit, samples }: Measurement,
  each: readonly Measurement[],
): number {
  const distance = Math.abs(value - threshold);
  const { deviation } = replicationInterval(each.map((measurement) => measurement.value));
  const byScatter = replicationsFor(distance, deviation ?? 0);
  if (unit !== 'share' || byScatter === Infinity) return byScatter;
  const { low, high } = wilson(Math.round(value * samples), samples);
  const widths = Math.max(high - value, value - low) / distance;
  // Replications that agree need requests, not agreement; the width shrinks with the square root of their number.
  return Math.max(byScatter, Math.ceil(each.length * widths * widths));
}
