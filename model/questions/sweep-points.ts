import { exp, ln } from '../random/portable-math.ts';
import { withoutNoise } from '../estimate/display-unit.ts';

export interface SweepRange {
  readonly from: number;
  readonly to: number;
  /** How many points, both ends included; fewer where only whole numbers count. */
  readonly points: number;
  /** Equal ratios from point to point in place of equal differences. */
  readonly log: boolean;
  readonly whole: boolean;
}

/**
 * The points of a sweep, both ends included: from + (to - from) i / (n - 1), or from (to / from)^(i / (n - 1)) on a log scale;
 * twelve significant digits, so that 0.3 is 0.3.
 * @throws RangeError for an empty range, fewer than two points, and a log scale that does not begin above 0.
 */
export function sweepPoints({ from, to, points, log, whole }: SweepRange): number[] {
  if (!(from < to)) throw new RangeError(`a sweep goes up, not from ${from} to ${to}`);
  if (!(points >= 2)) throw new RangeError(`a sweep has two points at least, not ${points}`);
  if (log && !(from > 0)) throw new RangeError(`a log scale begins above 0, not at ${from}`);
  const [start, length] = log ? [ln(from), ln(to) - ln(from)] : [from, to - from];
  const inside = Array.from({ length: points - 2 }, (_, i) => {
    const at = start + (length * (i + 1)) / (points - 1);
    const point = withoutNoise(log ? exp(at) : at);
    return whole ? Math.round(point) : point;
  });
  return [...new Set([from, ...inside, to])];
}
