import { median } from '../judge/trend.ts';
import { criticalU } from './rank-sum.ts';

/** How far one set of values lies from another. Low and high are absent where the sets are too small for an interval. */
export interface Shift {
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
}

/**
 * The shift from `before` to `after`: the median of all differences between a value of one and a value of the other, with the
 * distribution-free interval of 1 - `level` that the rank test gives (values are within it that the test would not reject).
 * Literature: J. L. Hodges, E. L. Lehmann, Annals of Mathematical Statistics 34 (1963) 598-611; M. Hollander, D. A. Wolfe,
 * Nonparametric Statistical Methods, 2nd ed. 1999, sections 4.2 and 4.3.
 */
export function shiftOf(before: readonly number[], after: readonly number[], level: number): Shift {
  const differences = before.flatMap((from) => after.map((to) => to - from)).toSorted((a, b) => a - b);
  const value = median(differences);
  const u = criticalU(before.length, after.length, level);
  const [low, high] = [differences[u], differences[differences.length - 1 - u]];
  return u < 0 || low === undefined || high === undefined ? { value } : { value, low, high };
}
