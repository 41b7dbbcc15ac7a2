import { baseUnitSymbol, isDimensionless, sameDimension } from '../units/dimension.ts';
import type { Literal } from '../units/literal.ts';
import { dimensionOf, isShare, metricText, unitOf } from './metric.ts';
import type { Metric } from './metric.ts';

/** Why a value cannot be a metric's threshold, and what to write. */
export interface Wrong {
  readonly message: string;
  readonly help: string;
}

/** Checks the unit and the range of a threshold against its metric; undefined when it fits. */
export function wrongThreshold(literal: Literal, metric: Metric): Wrong | undefined {
  return wrongUnit(literal, metric) ?? wrongPerRequest(literal, metric) ?? wrongValue(literal, metric);
}

function wrongUnit(literal: Literal, metric: Metric): Wrong | undefined {
  const wanted = dimensionOf(metric);
  const fits = wanted === undefined || sameDimension(literal.dimension, wanted);
  // Cores are cores whether or not somebody writes the word.
  const bareCores = metric.kind === 'cpu' && isDimensionless(literal.dimension) && literal.unit === '';
  if (fits || bareCores) return undefined;
  const found = literal.unit === '' ? 'no unit' : `\`${literal.unit}\``;
  const message = `\`${metricText(metric)}\` is ${WANTED[unitOf(metric)]}, but the value has ${found}`;
  const digits = literal.factor === 0 ? literal.value : literal.value / literal.factor;
  const help =
    literal.unit === '' && !isShare(metric)
      ? `write \`${digits} ${EXAMPLE_UNIT[unitOf(metric)]}\``
      : `write a value such as \`${exampleOf(metric)}\``;
  return { message, help };
}

/** `per_request(database.queries)` compares with queries per request: `0.5 query/req`, or the bare number. */
function wrongPerRequest(literal: Literal, metric: Metric): Wrong | undefined {
  if (metric.kind !== 'per_request' || isDimensionless(literal.dimension)) return undefined;
  if (literal.dimension.get('req') === -1 && !literal.dimension.has('time')) return undefined;
  const message = `\`${metricText(metric)}\` is a count per request, but the value is in \`${baseUnitSymbol(literal.dimension)}\``;
  return { message, help: 'write a value such as `0.5 query/req` or `0.5`' };
}

function wrongValue(literal: Literal, metric: Metric): Wrong | undefined {
  if (literal.value < 0) return { message: 'the value cannot be negative', help: `write \`${exampleOf(metric)}\`` };
  if (!isShare(metric)) return undefined;
  const help = 'write a share such as `1 %` or `0.01`';
  if (literal.value > 1) return { message: 'a share lies between 0 % and 100 %', help };
  // A bare 1 was most likely meant as one per cent, and would make the criterion hold always.
  const bareOne = literal.value === 1 && literal.unit === '';
  return bareOne ? { message: '`1` could mean 1 % or 100 %', help: 'write `1 %` or `100 %`' } : undefined;
}

const WANTED = {
  s: 'a time',
  'req/s': 'a rate',
  share: 'a share',
  count: 'a count',
  'count/req': 'a count per request',
  core: 'a number of cores',
  B: 'a size',
  'B/s': 'a size per time',
  'USD/s': 'money per time',
} as const;
const EXAMPLE_UNIT = {
  s: 'ms',
  'req/s': 'req/s',
  share: '%',
  count: '',
  'count/req': '/req',
  core: 'core',
  B: 'MB',
  'B/s': 'kB/s',
  'USD/s': '$/month',
} as const;

/** A value that fits the metric, for help texts. */
export function exampleOf(metric: Metric): string {
  if (metric.kind === 'error_rate') return '0.1 %';
  if (metric.kind === 'utilisation') return '70 %';
  if (metric.kind === 'recovery') return '30 s';
  const examples = {
    s: '500 ms',
    'req/s': '7,000 req/s',
    share: '99 %',
    count: '0',
    'count/req': '0.5',
    core: '2 core',
    B: '200 MB',
    'B/s': '10 kB/s',
    'USD/s': '$2,000/month',
  };
  return examples[unitOf(metric)];
}
