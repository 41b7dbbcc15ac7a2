import { median } from '../judge/trend.ts';
import { becauseOf } from './because.ts';
import type { Comparison, ComparisonStatus } from './comparison.ts';
import { holm } from './holm.ts';
import { scaleOf } from './metric-values.ts';
import type { MetricValues, Scale } from './metric-values.ts';
import { rankSum } from './rank-sum.ts';
import { runsToFind, runsToProve } from './runs-needed.ts';
import { shiftOf } from './shift.ts';
import type { Shift } from './shift.ts';

export interface ComparisonOptions {
  /** Shifts smaller than this, as a part of the value before, do not matter; above 0. */
  readonly magnitude?: number;
  /** How often, at most, something is said to have changed in a comparison of all metrics where nothing has. */
  readonly level?: number;
}

/** A change of one in twenty is what people look into. */
export const MAGNITUDE = 0.05;
/** One false alarm in a hundred comparisons. */
export const LEVEL = 0.01;
/** Intervals are of 95 %, as everywhere. */
const INTERVAL_LEVEL = 0.05;

/**
 * What became of each metric between two sets of runs that were made independently of each other, one value a run.
 * `changed`: the rank test, adjusted for the number of metrics, proves a difference, and the shift is at least the magnitude.
 * `unchanged`: the whole 95 % interval of the shift is within the magnitude. Else `too noisy`, with how many more runs would tell.
 */
export function compareMetrics(
  all: readonly MetricValues[],
  { magnitude = MAGNITUDE, level = LEVEL }: ComparisonOptions = {},
): Comparison[] {
  const tested = all.filter(({ before, after }) => before.length > 0 && after.length > 0);
  const ranked = tested.map(({ before, after }) => rankSum(before, after));
  const adjusted = holm(ranked.map(({ p }) => p));
  return all.map((values) => {
    const index = tested.indexOf(values);
    const [test, pAdjusted] = [ranked[index], adjusted[index]];
    if (!test || pAdjusted === undefined) return withoutData(values, magnitude);
    return compareOne(values, { ...test, pAdjusted, magnitude, level, metrics: tested.length });
  });
}

interface Tested {
  readonly u: number;
  readonly p: number;
  readonly pAdjusted: number;
  readonly magnitude: number;
  readonly level: number;
  /** How many metrics are compared. */
  readonly metrics: number;
}

function compareOne(values: MetricValues, tested: Tested): Comparison {
  const { metric, unit, better, before, after } = values;
  const { u, p, pAdjusted } = tested;
  const scale = scaleOf(values, tested.magnitude);
  const shift = scale && shiftOf(scale.before, scale.after, INTERVAL_LEVEL);
  const status = statusOf(tested, scale, shift);
  const effect = (2 * u) / (before.length * after.length) - 1;
  const more = status === 'too noisy' ? runsMissing(values, tested, scale, shift) : undefined;
  const comparison: Omit<Comparison, 'because'> = {
    metric,
    unit,
    ...(values.besides && { besides: true }),
    status,
    ...(status === 'changed' && better && { direction: (better === 'higher') === effect > 0 ? 'better' : 'worse' }),
    before: median(before),
    after: median(after),
    ...(scale && shift && said(scale, shift)),
    p,
    pAdjusted,
    effect,
    magnitude: scale?.magnitude === undefined ? tested.magnitude : scale.shiftOf(scale.magnitude),
    ...(more !== undefined && { runsNeeded: more }),
  };
  return { ...comparison, because: becauseOf(comparison, { runs: [before.length, after.length], ...tested }) };
}

function statusOf({ pAdjusted, level }: Tested, scale?: Scale, shift?: Shift): ComparisonStatus {
  const isProven = pAdjusted <= level;
  if (!scale || !shift) return isProven ? 'changed' : 'too noisy';
  const [least, most] = [scale.shiftOf(-scale.magnitude), scale.shiftOf(scale.magnitude)];
  const { value, low = -Infinity, high = Infinity } = shift;
  if (isProven && (scale.shiftOf(value) >= most || scale.shiftOf(value) <= least)) return 'changed';
  return scale.shiftOf(low) >= least && scale.shiftOf(high) <= most ? 'unchanged' : 'too noisy';
}

function said({ shiftOf: toSaid }: Scale, { value, low, high }: Shift): Pick<Comparison, 'shift'> {
  if (low === undefined || high === undefined) return {};
  return { shift: { value: toSaid(value), low: toSaid(low), high: toSaid(high) } };
}

/**
 * How many more runs of each side would tell. A shift that matters has to be told from none, one that does not from one that
 * would; what lies at the border is given half of the magnitude, as no number of runs tells it.
 */
function runsMissing(
  { before, after }: MetricValues,
  tested: Tested,
  scale?: Scale,
  shift?: Shift,
): number | undefined {
  const level = tested.level / tested.metrics;
  const runs = Math.min(before.length, after.length);
  const deviation = scale && pooledDeviation(scale);
  if (!scale || !shift || deviation === undefined) return Math.max(1, runsToProve(level) - runs);
  const size = Math.abs(shift.value);
  const matters = size >= scale.magnitude;
  const distance = matters ? size : Math.max(scale.magnitude - size, scale.magnitude / 2);
  const needed = runsToFind(distance, deviation, matters ? level : INTERVAL_LEVEL);
  return needed === undefined ? undefined : Math.max(1, needed - runs);
}

/** Standard deviation within the sides; undefined where neither has two values. */
function pooledDeviation({ before, after }: Scale): number | undefined {
  const degrees = before.length + after.length - 2;
  if (degrees < 1) return undefined;
  return Math.sqrt((squares(before) + squares(after)) / degrees);
}

function squares(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

function withoutData({ metric, unit, besides, before, after }: MetricValues, magnitude: number): Comparison {
  const sides = [...(before.length > 0 ? [] : ['before']), ...(after.length > 0 ? [] : ['after'])];
  return {
    metric,
    unit,
    ...(besides && { besides }),
    status: 'no data',
    ...(before.length > 0 && { before: median(before) }),
    ...(after.length > 0 && { after: median(after) }),
    magnitude,
    because: `no run ${sides.join(' or ')} has it`,
  };
}
