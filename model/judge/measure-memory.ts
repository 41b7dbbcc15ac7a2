import type { Observation, ObservedPhase, TierSample } from '../observation/observation.ts';
import type { Measurement } from './measurement.ts';
import { readingsOf } from './tier-readings.ts';
import type { TierReading } from './tier-readings.ts';
import { median, trendOf } from './trend.ts';
import { isNoData, windowOf } from './window.ts';
import type { NoData } from './window.ts';

const WHAT = 'the memories';
/** The trend looks at every pair: more readings than this are thinned to the medians of neighbours. */
const POINTS = 120;

/** Bytes of an instance of one tier, the mean over its instances, at most over the window. */
export function measureMemory(
  observation: Observation,
  phases: readonly ObservedPhase[],
  name: string,
): Measurement | NoData {
  const readings = readingsOf(observation, phases, name, WHAT, perInstance);
  if (isNoData(readings)) return readings;
  const value = Math.max(...readings.map((reading) => reading.value));
  return { value, unit: 'B', samples: readings.length, censored: false, window: windowOf(phases) };
}

/**
 * Bytes that an instance gains a second over the window: the robust trend (see `trendOf`), and 0 where chance explains it as well (below
 * 1.96 standard deviations) or it falls.
 */
export function measureMemoryGrowth(
  observation: Observation,
  phases: readonly ObservedPhase[],
  name: string,
): Measurement | NoData {
  const readings = readingsOf(observation, phases, name, WHAT, perInstance);
  if (isNoData(readings)) return readings;
  const trend = trendOf(thin(readings.map(({ value }) => value)));
  if (!trend) return { noData: `${readings.length} readings of \`${name}\` show no trend`, help: 'run longer' };
  const steps = Math.min(readings.length, POINTS) - 1;
  const value = trend.z < 1.96 ? 0 : Math.max(0, (trend.slope * steps) / spanOf_s(readings));
  return { value, unit: 'B/s', samples: readings.length, censored: false, window: windowOf(phases) };
}

function perInstance({ memory_bytes, instances }: TierSample): number | undefined {
  return memory_bytes === undefined || !instances ? undefined : memory_bytes / instances;
}

function spanOf_s(readings: readonly TierReading[]): number {
  return Math.max(1e-9, (readings.at(-1)?.at_s ?? 0) - (readings[0]?.at_s ?? 0));
}

function thin(values: readonly number[]): number[] {
  if (values.length <= POINTS) return [...values];
  return Array.from({ length: POINTS }, (_, index) => {
    const [from, to] = [index, index + 1].map((edge) => Math.floor((edge * values.length) / POINTS));
    return median(values.slice(from, to));
  });
}
