import type { MetricUnit } from '../judge/metric.ts';
import { median } from '../judge/trend.ts';

/** Values of one metric, one a run, in its base unit. */
export interface MetricValues {
  /** As it is written in a criterion: `p95(search)`, `p95(search) in peak`. */
  readonly metric: string;
  readonly unit: MetricUnit;
  readonly besides?: true;
  /** What is better; absent where neither is. */
  readonly better?: 'lower' | 'higher';
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** How values are held against each other: put on a scale on which what matters is a difference. */
export interface Scale {
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** What differs by less than this on the scale does not matter. */
  readonly magnitude: number;
  /** From a difference on the scale to what is said of it: a ratio less 1, or the difference of shares. */
  readonly shiftOf: (difference: number) => number;
}

/** A share of 1 % that becomes 1.05 % has not changed for anybody: shares change by points, a tenth of the magnitude at least. */
const SHARES_PER_MAGNITUDE = 10;

/**
 * Ratios are differences of logarithms, so that twice as much and half as much are equally far. Shares are held against
 * each other by points. Where a value is 0 or below, it is the difference as a part of the typical value of `before`. Undefined
 * where that is 0: then a change has no size, only a direction.
 */
export function scaleOf({ unit, before, after }: MetricValues, magnitude: number): Scale | undefined {
  if (unit === 'share') return { before, after, magnitude: magnitude / SHARES_PER_MAGNITUDE, shiftOf: (each) => each };
  if ([...before, ...after].every((value) => value > 0)) {
    const logs = (values: readonly number[]): number[] => values.map((value) => Math.log(value));
    return { before: logs(before), after: logs(after), magnitude: Math.log1p(magnitude), shiftOf: Math.expm1 };
  }
  const typical = Math.abs(median(before));
  const isZero = [...before, ...after].every((value) => value === 0);
  if (typical === 0 && !isZero) return undefined;
  const parts = (values: readonly number[]): number[] => values.map((value) => (isZero ? 0 : value / typical));
  return { before: parts(before), after: parts(after), magnitude, shiftOf: (each) => each };
}
