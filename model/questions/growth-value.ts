import { powerOf } from '../formula/power.ts';
import type { Growth } from '../plan/plan.ts';

/**
 * The value of what grows, so many months after launch, in base units: before its first point the first value, between two
 * points geometric (the same factor every month), behind the last one `rate` more each month. `start` is the plan's own
 * value, from which growth without points begins at month 0. Infinity beyond the range of numbers.
 */
export function growthValue({ points, rate }: Growth, start: number, month: number): number {
  const before = points.findLast((point) => point.month <= month);
  const after = points.find((point) => point.month > month);
  if (!before && after) return after.value;
  const from = before ?? { month: 0, value: start };
  const months = month - from.month;
  if (!after) return from.value * powerOf(Math.max(0, 1 + rate), months);
  return from.value * powerOf(after.value / from.value, months / (after.month - from.month));
}

/** The month of the last point; 0 when there is none. */
export function lastPoint({ points }: Growth): number {
  return points.at(-1)?.month ?? 0;
}
