import { studentT975 } from '../../laws/scalability/student-t.ts';

/** A mean and half of its 95 % confidence interval, which is null when one value does not tell. */
export interface MeanInterval {
  readonly mean: number;
  readonly halfWidth95: number | null;
  /** Standard deviation of the values, n - 1 in the denominator; null for one value. */
  readonly deviation: number | null;
}

/**
 * 95 % interval of an expected value from independent replications, each of which gave one value: mean ± t s / sqrt(n), with
 * Student's t for n - 1 degrees of freedom. Values of replications are means or quantiles of many requests, and so near to normal.
 * Throws a `RangeError` without a value.
 * Literature: A. M. Law, Simulation Modeling and Analysis, 5th ed. 2015, section 9.4.1.
 */
export function replicationInterval(values: readonly number[]): MeanInterval {
  const n = values.length;
  const [first] = values;
  if (first === undefined) throw new RangeError('an interval needs at least one value');
  // From the first value on, so that the mean of equal ones is exactly that.
  const mean = first + values.reduce((sum, value) => sum + (value - first), 0) / n;
  if (n === 1) return { mean, halfWidth95: null, deviation: null };
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  const deviation = Math.sqrt(squares / (n - 1));
  return { mean, halfWidth95: (studentT975(n - 1) * deviation) / Math.sqrt(n), deviation };
}

/** More than this is no advice. */
const REPLICATIONS_MAX = 10_000;

/** The least number of replications of the same deviation whose interval is at most ± `halfWidth`; Infinity beyond 10,000. */
export function replicationsFor(halfWidth: number, deviation: number): number {
  if (deviation === 0) return 2;
  const fits = (n: number): boolean => studentT975(n - 1) * deviation <= halfWidth * Math.sqrt(n);
  if (!(halfWidth > 0) || !fits(REPLICATIONS_MAX)) return Infinity;
  let few = 1;
  let enough = REPLICATIONS_MAX;
  while (enough - few > 1) {
    const middle = Math.floor((few + enough) / 2);
    if (fits(middle)) enough = middle;
    else few = middle;
  }
  return enough;
}
