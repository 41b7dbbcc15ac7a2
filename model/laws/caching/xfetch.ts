import { nonNegative, positive } from '../argument/argument.ts';
import { exp } from '../../random/portable-math.ts';

/** Below exp of this no request ever refreshes early. */
const EXPONENT_MIN = -700;

/**
 * Probability that a request refreshes an entry of its own accord, `left_s` before it expires: exp(-left / (delta
 * beta)), where delta is what the recomputation takes. beta above 1 refreshes earlier. 1 once the entry has expired.
 * Literature: A. Vattani, F. Chierichetti, K. Lowenstein, Optimal Probabilistic Cache Stampede Prevention, PVLDB 8
 * (2015) 886-897.
 */
export function earlyRefreshProbability(left_s: number, recompute_s: number, beta: number = 1): number {
  const scale_s = positive('recompute_s', recompute_s) * positive('beta', beta);
  if (!Number.isFinite(left_s)) throw new RangeError(`left_s is a finite number, not ${left_s}`);
  if (left_s <= 0) return 1;
  const exponent = -left_s / scale_s;
  return exponent < EXPONENT_MIN ? 0 : exp(exponent);
}

/**
 * Requests that find an entry expired while the first of them recomputes it, and without protection recompute it as
 * well: rate × recomputation time, on average, besides the first. (Recomputing side by side may slow each of them, and
 * then it is more.)
 */
export function stampedeSize(rate_per_s: number, recompute_s: number): number {
  return nonNegative('rate_per_s', rate_per_s) * nonNegative('recompute_s', recompute_s);
}
