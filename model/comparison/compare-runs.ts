import type { Judgement } from '../judge/judge.ts';
import type { Observation } from '../observation/observation.ts';
import { comparedMetricText, usualMetrics, valuesOf } from './compared-metric.ts';
import type { ComparedMetric } from './compared-metric.ts';
import { compareMetrics } from './compare-metrics.ts';
import type { ComparisonOptions } from './compare-metrics.ts';
import type { ComparedRuns } from './comparison.ts';
import type { RunSetting } from '../setting/run-setting.ts';
import { unlikeness } from './likeness.ts';
import { settingsApart } from './settings-apart.ts';

/** A run with its judgement, whose validity decides whether it says anything. */
export interface JudgedRun {
  readonly observation: Observation;
  readonly judgement: Pick<Judgement, 'validity'>;
  /** What it was made on; runs of earlier versions do not say. */
  readonly setting?: RunSetting;
}

export interface Side {
  /** `baseline main`, or the name of a run. */
  readonly name: string;
  /** Never empty, and all comparable with each other and with the other side. */
  readonly runs: readonly JudgedRun[];
}

export interface CompareRunsOptions extends ComparisonOptions {
  /** The usual ones when absent. */
  readonly metrics?: readonly ComparedMetric[];
  /** Compared as well: those of criteria. */
  readonly criteria?: readonly ComparedMetric[];
}

/** Two sets of runs of one scenario on one step, metric by metric. Runs that were invalid say nothing and are left out. */
export function compareRuns(before: Side, after: Side, options: CompareRunsOptions = {}): ComparedRuns {
  const [from, to] = [validOf(before), validOf(after)];
  const what = [...after.runs, ...before.runs][0]?.observation.what;
  if (!what) throw new RangeError('there are no runs to compare');
  const { plan, step, scenario } = what;
  const metrics = options.metrics ?? usualMetrics([...from, ...to]);
  const all = distinct([...metrics, ...(options.criteria ?? [])]);
  return {
    plan,
    step,
    scenario,
    before: { name: before.name, runs: from.length },
    after: { name: after.name, runs: to.length },
    comparisons: compareMetrics(
      all.map((metric) => valuesOf(metric, from, to)),
      options,
    ),
    unlike: [
      ...[before, after].flatMap(leftOut),
      ...settingsApart(settingsIn(before), settingsIn(after)),
      ...(from.length > 0 && to.length > 0 ? unlikeness(from, to) : []),
    ],
  };
}

function settingsIn({ runs }: Side): (RunSetting | undefined)[] {
  return runs.map(({ setting }) => setting);
}

function validOf({ runs }: Side): Observation[] {
  return runs.filter(isValid).map(({ observation }) => observation);
}

function isValid({ judgement }: JudgedRun): boolean {
  return judgement.validity.every(({ ok, severity }) => ok || severity !== 'invalid');
}

function leftOut({ name, runs }: Side): string[] {
  const invalid = runs.filter((run) => !isValid(run));
  const [first] = invalid.flatMap(({ judgement }) =>
    judgement.validity.filter(({ ok, severity }) => !ok && severity === 'invalid'),
  );
  if (!first) return [];
  return [
    `${invalid.length} of ${runs.length} runs of ${name} were invalid and are left out (${first.name}: ${first.detail})`,
  ];
}

function distinct(metrics: readonly ComparedMetric[]): ComparedMetric[] {
  return [...new Map(metrics.map((metric) => [comparedMetricText(metric), metric])).values()];
}
