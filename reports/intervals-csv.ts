import type { Interval, Observation, TierObservation, TierSample } from '../model/observation/observation.ts';
import { csvRow } from './csv-field.ts';
import type { ResultRun } from './result.ts';

const PLACE = ['run', 'plan', 'step', 'scenario', 'start_s', 'phase'] as const;
const COUNTS = ['scheduled', 'sent', 'dropped', 'ok', 'http_error', 'timeout', 'reset', 'in_flight'] as const;
const PERCENTILES = ['p50', 'p95', 'p99', 'max'] as const;
/** What is read of tiers, each with its unit in the name of its column. */
const READINGS = ['cpu_cores', 'utilisation', 'memory_bytes', 'instances', 'queue_length'] as const;

/**
 * What was seen second by second, one row an interval, as CSV with a header: of all runs in one table, whose first columns tell them apart.
 * Times are seconds from the start of the run, latencies µs. Readings of a tier are the mean of those within the interval, empty without any.
 */
export function intervalsCsv(runs: readonly ResultRun[]): string {
  const readings = readingsOf(runs);
  const head = [
    ...PLACE,
    ...COUNTS,
    ...PERCENTILES.map((name) => `${name}_us`),
    ...readings.map(({ tier, reading }) => `${tier}.${reading}`),
  ];
  return (
    csvRow(head) +
    runs
      .flatMap((run) => rowsOf(run, readings))
      .map(csvRow)
      .join('')
  );
}

interface TierReading {
  readonly tier: string;
  readonly reading: (typeof READINGS)[number];
}

/** A column for each reading that any run has of a tier. */
function readingsOf(runs: readonly ResultRun[]): TierReading[] {
  const tiers = Map.groupBy(
    runs.flatMap(({ observation }) => observation.tiers),
    ({ tier }) => tier,
  );
  return [...tiers].flatMap(([tier, seen]) => {
    const samples = seen.flatMap(({ series }) => series);
    const known = READINGS.filter((reading) => samples.some((sample) => sample[reading] !== undefined));
    return known.map((reading) => ({ tier, reading }));
  });
}

function rowsOf({ run, observation }: ResultRun, readings: readonly TierReading[]): (string | number | undefined)[][] {
  const { what, intervals, interval_s = 1 } = observation;
  const columns = readings.map((reading) => meansOf(observation, reading));
  return intervals.map((interval, index) => [
    run,
    what.plan,
    what.step,
    what.scenario,
    interval.start_s,
    phaseAt(observation, interval.start_s + interval_s / 2),
    ...COUNTS.map((count) => interval[count]),
    // No answer has no latency; 0 stands for that.
    ...PERCENTILES.map((name) => (answered(interval) > 0 ? interval.response_us[name] : undefined)),
    ...columns.map((means) => means[index]),
  ]);
}

function answered({ ok, http_error, timeout, reset }: Interval): number {
  return ok + http_error + timeout + reset;
}

function phaseAt({ phases }: Observation, at_s: number): string {
  return phases.find(({ start_s, end_s }) => start_s <= at_s && at_s < end_s)?.name ?? '';
}

/** One for each interval. */
function meansOf(
  { tiers, intervals, interval_s = 1 }: Observation,
  { tier, reading }: TierReading,
): (number | undefined)[] {
  const first_s = intervals[0]?.start_s ?? 0;
  const byInterval = Map.groupBy(samplesOf(tiers, tier), ({ at_s }) => Math.floor((at_s - first_s) / interval_s));
  return intervals.map((_, index) => {
    const values = (byInterval.get(index) ?? []).flatMap((sample) => sample[reading] ?? []);
    return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
  });
}

function samplesOf(tiers: readonly TierObservation[], wanted: string): readonly TierSample[] {
  return tiers.find(({ tier }) => tier === wanted)?.series ?? [];
}
