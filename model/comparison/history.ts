import type { Observation } from '../observation/observation.ts';
import { changePoints } from './change-points.ts';
import { usualMetrics, valuesOf } from './compared-metric.ts';
import type { ComparedMetric } from './compared-metric.ts';
import { LEVEL, MAGNITUDE } from './compare-metrics.ts';
import type { ComparisonOptions } from './compare-metrics.ts';

/** Comparable runs of a scenario on a step over time, and where metrics took another level. */
export interface RunHistory {
  readonly plan: string;
  readonly step: number;
  readonly scenario: string;
  /** In the order of time. */
  readonly runs: readonly HistoricRun[];
  /** How many metrics were looked at. */
  readonly metrics: number;
  /** Metric by metric, each in the order of time. */
  readonly changes: readonly HistoryChange[];
}

export interface HistoricRun {
  readonly run: string;
  /** ISO 8601. */
  readonly startedAt: string;
}

export interface HistoryChange extends HistoricRun {
  readonly metric: string;
  readonly unit: string;
  /** Absent for metrics of which neither more nor less is better. */
  readonly direction?: 'better' | 'worse';
  /** Medians of the levels before and from this run on. */
  readonly before: number;
  readonly after: number;
  readonly p: number;
}

export interface RunToPlace {
  readonly run: string;
  readonly observation: Observation;
}

export interface HistoryOptions extends ComparisonOptions {
  readonly metrics?: readonly ComparedMetric[];
  readonly seed: number;
}

/**
 * Where the metrics of comparable, valid runs took another level, from the first to the last of them. The level of significance is shared
 * by all metrics.
 */
export function historyOf(runs: readonly RunToPlace[], options: HistoryOptions): RunHistory {
  const { magnitude = MAGNITUDE, level = LEVEL, seed } = options;
  const ordered = runs.toSorted((a, b) => startOf(a).localeCompare(startOf(b)));
  const what = ordered[0]?.observation.what;
  if (!what) throw new RangeError('there are no runs');
  const metrics = options.metrics ?? usualMetrics(ordered.map(({ observation }) => observation));
  const changes = metrics.flatMap((metric) =>
    changesOf(metric, ordered, { level: level / metrics.length, seed, magnitude }),
  );
  const { plan, step, scenario } = what;
  return { plan, step, scenario, runs: ordered.map(placeOf), metrics: metrics.length, changes };
}

function changesOf(
  metric: ComparedMetric,
  runs: readonly RunToPlace[],
  options: Parameters<typeof changePoints>[1],
): HistoryChange[] {
  const seen = runs.flatMap((each) => {
    const [value] = valuesOf(metric, [], [each.observation]).after;
    return value === undefined ? [] : [{ value, place: placeOf(each) }];
  });
  const { metric: name, unit, better } = valuesOf(metric, [], []);
  return changePoints(
    seen.map(({ value }) => value),
    options,
  ).flatMap(({ at, before, after, p }) => {
    const place = seen[at]?.place;
    const direction = better && ((better === 'higher') === after > before ? 'better' : 'worse');
    return place ? [{ metric: name, unit, ...(direction && { direction }), ...place, before, after, p }] : [];
  });
}

function placeOf(each: RunToPlace): HistoricRun {
  return { run: each.run, startedAt: startOf(each) };
}

/** Simulated runs have no clock, and so no history. */
function startOf({ observation }: RunToPlace): string {
  return observation.what.startedAt ?? '';
}
