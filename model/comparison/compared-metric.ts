import { isCriterionProblem } from '../judge/criterion-problem.ts';
import type { CriterionProblem } from '../judge/criterion-problem.ts';
import { isNoData, measure } from '../judge/measure.ts';
import { metricText, unitOf } from '../judge/metric.ts';
import type { Metric } from '../judge/metric.ts';
import { parseMetric } from '../judge/parse-metric.ts';
import type { Observation } from '../observation/observation.ts';
import type { MetricValues } from './metric-values.ts';

/** A metric of all judged phases together, or of one phase. */
export interface ComparedMetric {
  readonly metric: Metric;
  readonly phase?: string;
  /** Shown besides what matters: that it is too noisy leaves nothing undecided. */
  readonly besides?: true;
}

const HIGHER_IS_BETTER: ReadonlySet<Metric['kind']> = new Set(['rate', 'reached']);
/** What they count decides which is better, and that is not known here. */
const NEITHER_IS_BETTER: ReadonlySet<Metric['kind']> = new Set(['ratio', 'per_request', 'counter']);
/** A tier that uses less than this of a core does nothing that a change of it would say anything about. */
const IDLE_CORES = 0.05;

/** Reads `p95(search)` or `p95(search) in peak`, as in criteria. */
export function parseComparedMetric(text: string): ComparedMetric | CriterionProblem {
  const [, of = text, phase] = /^(.*\S)\s+in\s+(\S+)\s*$/.exec(text) ?? [];
  const metric = parseMetric(of);
  return isCriterionProblem(metric) ? metric : { metric, ...(phase !== undefined && { phase }) };
}

export function comparedMetricText({ metric, phase }: ComparedMetric): string {
  return `${metricText(metric)}${phase === undefined ? '' : ` in ${phase}`}`;
}

/**
 * What is compared unless somebody says otherwise: p50 and p95 of all requests and the error rate; besides, p99, p95 of each class,
 * the rate, and the processors that tiers use. Each metric more takes more runs to prove anything, so that other percentiles of a
 * class have to be asked for. Percentiles need samples enough for an interval in every run; tiers that are idle are left out.
 */
export function usualMetrics(runs: readonly Observation[]): ComparedMetric[] {
  const [first] = runs;
  if (!first) return [];
  const classes = [...new Set(first.classes.map((each) => each.class))];
  const main: Metric[] = [percentile(50), percentile(95), { kind: 'error_rate' }];
  const besides: Metric[] = [
    percentile(99),
    ...classes.map((name) => percentile(95, name)),
    { kind: 'rate' },
    ...first.tiers.map(({ tier }): Metric => ({ kind: 'cpu', tier })),
  ];
  return [
    ...main.map((metric) => ({ metric })),
    ...besides
      .filter((metric) => runs.every((run) => isTelling(run, metric)))
      .map((metric) => ({ metric, besides: true as const })),
  ];
}

function percentile(percent: number, name?: string): Metric {
  return { kind: 'percentile', percent, time: 'response', ...(name !== undefined && { class: name }) };
}

function isTelling(run: Observation, metric: Metric): boolean {
  const measured = measure(run, metric);
  if (isNoData(measured)) return false;
  if (metric.kind === 'cpu') return measured.value >= IDLE_CORES;
  return metric.kind !== 'percentile' || measured.interval95 !== undefined;
}

/** The metric's value in every run that shows it. */
export function valuesOf(
  compared: ComparedMetric,
  before: readonly Observation[],
  after: readonly Observation[],
): MetricValues {
  const { metric } = compared;
  const values = (runs: readonly Observation[]): number[] => runs.flatMap((run) => valueOf(run, compared) ?? []);
  return {
    metric: comparedMetricText(compared),
    unit: unitOf(metric),
    ...betterOf(metric),
    ...(compared.besides && { besides: true }),
    before: values(before),
    after: values(after),
  };
}

function valueOf(run: Observation, { metric, phase }: ComparedMetric): number | undefined {
  const measured = measure(run, metric, phase);
  return isNoData(measured) ? undefined : measured.value;
}

function betterOf({ kind }: Metric): Pick<MetricValues, 'better'> {
  if (NEITHER_IS_BETTER.has(kind)) return {};
  return { better: HIGHER_IS_BETTER.has(kind) ? 'higher' : 'lower' };
}
