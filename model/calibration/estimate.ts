import { studentT975 } from '../laws/scalability/student-t.ts';
import type { Estimate } from './calibration.ts';

/**
 * Mean of what several windows showed, with half its 95 % interval: t(97.5 %, n - 1) s / √n. The interval of a lone window is
 * infinite. RangeError without any.
 * Literature: R. Jain, The Art of Computer Systems Performance Analysis, 1991, ch. 13.
 */
export function estimateOf(values: readonly number[]): Estimate {
  if (values.length === 0) throw new RangeError('an estimate needs at least one value');
  const value = values.reduce((sum, each) => sum + each, 0) / values.length;
  if (values.length === 1) return { value, halfWidth95: Infinity };
  const degrees = values.length - 1;
  const variance = values.reduce((sum, each) => sum + (each - value) ** 2, 0) / degrees;
  return { value, halfWidth95: studentT975(degrees) * Math.sqrt(variance / values.length) };
}

/** The middle value, or the mean of the two in the middle; 0 of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const low = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  const high = sorted[Math.ceil((sorted.length - 1) / 2)] ?? low;
  return (low + high) / 2;
}
