import { DIMENSIONLESS, base, multiply } from '../units/dimension.ts';
import type { Dimension } from '../units/dimension.ts';

/** `response` counts from the intended arrival, `service` from the actual send. */
export type TimeKind = 'response' | 'service';

/** What a criterion or a claim is about. Without `class`, all request classes together. */
export type Metric =
  | { readonly kind: 'percentile'; readonly percent: number; readonly time: TimeKind; readonly class?: string }
  | { readonly kind: 'mean' | 'max'; readonly time: TimeKind; readonly class?: string }
  | { readonly kind: 'error_rate' | 'rate' | 'reached'; readonly class?: string }
  /** part / (part + rest), both counters. */
  | { readonly kind: 'ratio'; readonly part: string; readonly rest: string }
  /** Counter per ok answer. */
  | { readonly kind: 'per_request'; readonly counter: string }
  | { readonly kind: 'counter'; readonly counter: string }
  /** Mean processor cores in use of one tier. */
  | { readonly kind: 'cpu'; readonly tier: string }
  /** Bytes of an instance of one tier, the most of the window; and how fast they grow, by the robust trend. */
  | { readonly kind: 'memory' | 'memory_growth'; readonly tier: string }
  /** Share of a tier's capacity in use, the mean over the window. */
  | { readonly kind: 'utilisation'; readonly tier: string }
  /** How long users felt a fault; with `of`, how long something could not be done, as a watch saw it. */
  | { readonly kind: 'recovery'; readonly of?: Lookout }
  /** What was acknowledged and is not there. */
  | { readonly kind: 'lost'; readonly of: Keepsake }
  /** What the step costs to run, as the plan has it. */
  | { readonly kind: 'cost' };

/** What a watch sees the outages of. */
export const LOOKOUTS = ['writes', 'keys'] as const;
export type Lookout = (typeof LOOKOUTS)[number];

/** What a check looks for afterwards. */
export const KEEPSAKES = ['writes', 'effects'] as const;
export type Keepsake = (typeof KEEPSAKES)[number];

export type LatencyMetric = Extract<Metric, { readonly time: TimeKind }>;

/** The base unit that a metric's value is in. */
export type MetricUnit = 's' | 'req/s' | 'share' | 'count' | 'count/req' | 'core' | 'B' | 'B/s' | 'USD/s';

export function isLatency(metric: Metric): metric is LatencyMetric {
  return 'time' in metric;
}

/** True for values between 0 and 1. */
export function isShare(metric: Metric): boolean {
  return unitOf(metric) === 'share';
}

export function unitOf(metric: Metric): MetricUnit {
  switch (metric.kind) {
    case 'percentile':
    case 'mean':
    case 'max':
    case 'recovery':
      return 's';
    case 'rate':
      return 'req/s';
    case 'error_rate':
    case 'reached':
    case 'ratio':
    case 'utilisation':
      return 'share';
    case 'per_request':
      return 'count/req';
    case 'counter':
    case 'lost':
      return 'count';
    case 'cpu':
      return 'core';
    case 'memory':
      return 'B';
    case 'memory_growth':
      return 'B/s';
    case 'cost':
      return 'USD/s';
  }
}

const PER_SECOND = multiply(base('req'), base('time'), -1);
const BYTES_PER_SECOND = multiply(base('data'), base('time'), -1);
const MONEY_PER_SECOND = multiply(base('money'), base('time'), -1);

/** Dimension of the metric's value; undefined for counters, which count whatever they count. */
export function dimensionOf(metric: Metric): Dimension | undefined {
  switch (unitOf(metric)) {
    case 's':
      return base('time');
    case 'req/s':
      return PER_SECOND;
    case 'share':
      return DIMENSIONLESS;
    case 'core':
      return base('core');
    case 'B':
      return base('data');
    case 'B/s':
      return BYTES_PER_SECOND;
    case 'USD/s':
      return MONEY_PER_SECOND;
    case 'count':
    case 'count/req':
      return undefined;
  }
}

/** Request classes that the metric names, for a reader to check against its plan. */
export function metricClasses(metric: Metric): string[] {
  return 'class' in metric && metric.class !== undefined ? [metric.class] : [];
}

/** The metric without what it is of: `p95`, `mean`, `error_rate`. */
export function shortName(metric: Metric): string {
  return metric.kind === 'percentile' ? `p${metric.percent}` : metric.kind;
}

/** The metric as it is written in a criterion: `p95(search, service)`, `error_rate`, `ratio(cache.hits, cache.misses)`. */
export function metricText(metric: Metric): string {
  const name = shortName(metric);
  if (isLatency(metric)) {
    return `${name}(${metric.class ?? 'latency'}${metric.time === 'service' ? ', service' : ''})`;
  }
  switch (metric.kind) {
    case 'ratio':
      return `ratio(${metric.part}, ${metric.rest})`;
    case 'per_request':
    case 'counter':
      return `${name}(${metric.counter})`;
    case 'cpu':
    case 'memory':
    case 'memory_growth':
    case 'utilisation':
      return `${name}(${metric.tier})`;
    case 'recovery':
    case 'lost':
      return metric.of === undefined ? name : `${name}(${metric.of})`;
    case 'cost':
      return name;
    default:
      return metric.class === undefined ? name : `${name}(${metric.class})`;
  }
}
