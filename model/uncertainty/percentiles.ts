import { select } from './select.ts';

/** What a column of samples says about an output, in the output's unit. */
export interface Percentiles {
  /** Null when the percentile would rest on a value that is not finite. */
  readonly p5: number | null;
  readonly p50: number | null;
  readonly p95: number | null;
  /** Mean of the finite values; null when there is none. */
  readonly mean: number | null;
  /** Standard deviation of the finite values (over n - 1); null below two of them. */
  readonly sd: number | null;
  /** All values of the column, finite or not. */
  readonly samples: number;
  /** How many of them are infinite or NaN: counted, never averaged. */
  readonly nonFinite: number;
}

/**
 * Percentiles by linear interpolation between the order statistics around rank (n - 1) p (type 7), mean and standard
 * deviation. Infinity ranks above all numbers, as does NaN, and -Infinity below: with 3 % of Infinity all three
 * percentiles exist, with 7 % p95 is null. What overflows is null as well.
 * Literature: R. J. Hyndman, Y. Fan, The American Statistician 50 (1996) 361-365.
 */
export function percentilesOf(column: Float64Array): Percentiles {
  const values = column.map((value) => (Number.isNaN(value) ? Infinity : value));
  // Upwards: each search leaves what is larger behind its rank, so that the next one need not look before it.
  const p5 = percentile(values, 5, 0);
  const p50 = percentile(values, 50, rankOf(values, 5));
  const p95 = percentile(values, 95, rankOf(values, 50));
  return { p5, p50, p95, ...moments(column) };
}

/** The whole rank at or below the percentile. In percent, so that a rank that is whole is so in floating point, too. */
function rankOf(values: Float64Array, percent: number): number {
  return Math.floor(((values.length - 1) * percent) / 100);
}

/** Reorders `values` from index `from` on. */
function percentile(values: Float64Array, percent: number, from: number): number | null {
  if (values.length === 0) return null;
  const rank = rankOf(values, percent);
  const weight = ((values.length - 1) * percent) / 100 - rank;
  select(values, rank, from);
  const below = values[rank] ?? NaN;
  if (weight === 0) return finiteOrNull(below);
  const above = values.subarray(rank + 1).reduce((a, b) => Math.min(a, b), Infinity);
  // Where one of the two is infinite, this is infinite or NaN.
  return finiteOrNull(below + weight * (above - below));
}

function moments(column: Float64Array): Omit<Percentiles, 'p5' | 'p50' | 'p95'> {
  // Sums of differences from one of the values: a constant column has exactly its value as mean and no deviation.
  const origin = column.find((value) => Number.isFinite(value)) ?? 0;
  let n = 0;
  let sum = 0;
  for (const value of column) {
    if (!Number.isFinite(value)) continue;
    n++;
    sum += value - origin;
  }
  const mean = origin + sum / n;
  let squares = 0;
  for (const value of column) if (Number.isFinite(value)) squares += (value - mean) * (value - mean);
  const sd = n < 2 ? null : finiteOrNull(Math.sqrt(squares / (n - 1)));
  return { mean: finiteOrNull(mean), sd, samples: column.length, nonFinite: column.length - n };
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
