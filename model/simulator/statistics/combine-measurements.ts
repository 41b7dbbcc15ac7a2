import { wilson } from '../../judge/intervals.ts';
import type { Interval95 } from '../../judge/intervals.ts';
import type { Measurement } from '../../judge/measurement.ts';
import type { Metric } from '../../judge/metric.ts';
import { replicationInterval } from './replication-interval.ts';

/**
 * What replications say together of one metric: the mean of their values with a t interval over them, and the largest of
 * their maxima. Throws a `RangeError` without a measurement.
 */
export function combineMeasurements(metric: Metric, each: readonly Measurement[]): Measurement {
  const [first] = each;
  if (!first) throw new RangeError('there is nothing to combine');
  const values = each.map((measurement) => measurement.value);
  const samples = each.reduce((sum, measurement) => sum + measurement.samples, 0);
  const censored = each.some((measurement) => measurement.censored);
  const common = { unit: first.unit, samples, censored, window: first.window };
  if (metric.kind === 'max') return { ...common, value: Math.max(...values) };
  const { mean, halfWidth95 } = replicationInterval(values);
  if (halfWidth95 === null) return { ...common, value: mean };
  const spread = within(first.unit, { low: mean - halfWidth95, high: mean + halfWidth95 });
  const interval95 = metric.kind === 'error_rate' || metric.kind === 'ratio' ? widened(spread, each, samples) : spread;
  return { ...common, value: mean, interval95: censored ? { ...interval95, open: true } : interval95 };
}

/** No figure is below 0, and no share above 1. */
function within(unit: Measurement['unit'], { low, high }: Interval95): Interval95 {
  return { low: Math.max(0, low), high: unit === 'share' ? Math.min(1, high) : high };
}

/**
 * Replications that all saw the same share, none for instance, scatter not at all; yet what one request in a million meets can
 * be missed by all of them. So a share's interval is at least Wilson's over all requests.
 */
function widened(spread: Interval95, each: readonly Measurement[], samples: number): Interval95 {
  const hits = each.reduce((sum, { value, samples }) => sum + Math.round(value * samples), 0);
  const { low, high } = wilson(hits, samples);
  return { low: Math.min(spread.low, low), high: Math.max(spread.high, high) };
}
