/** Where a tier passes 100 % along a sweep. */
export interface Saturation {
  /** The first value behind the crossing: where the tier no longer keeps up, or again does. */
  readonly at: number;
  readonly change: 'saturates' | 'keeps up';
}

/** Crossings are found within this share of their value: far below the four digits that are shown. */
export const TOLERANCE = 1e-6;
const ITERATIONS_MAX = 200;

/**
 * Every change between one point and the next from keeping up to not, or back, closed in on by bisection (Burden & Faires,
 * Numerical Analysis, 2.1); exact where only whole numbers count. Two changes between the same two points are not seen.
 */
export function saturations(
  points: readonly number[],
  isOver: (x: number) => boolean,
  whole: boolean,
): readonly Saturation[] {
  const over = points.map(isOver);
  return points.flatMap((to, index) => {
    const from = points[index - 1];
    if (from === undefined || over[index] === over[index - 1]) return [];
    const after = over[index] === true;
    const at = bisect(from, to, (x) => isOver(x) === after, whole);
    return [{ at, change: after ? 'saturates' : 'keeps up' } as const];
  });
}

/** The lowest value known to be `after`, between one that is not and one that is; six digits where it is not whole. */
function bisect(from: number, to: number, after: (x: number) => boolean, whole: boolean): number {
  let [low, high] = [from, to];
  for (let i = 0; i < ITERATIONS_MAX; i++) {
    if (high - low <= (whole ? 1 : TOLERANCE * Math.max(Math.abs(low), Math.abs(high)))) break;
    const middle = whole ? Math.floor((low + high) / 2) : (low + high) / 2;
    if (after(middle)) high = middle;
    else low = middle;
  }
  return whole ? high : Number(high.toPrecision(6));
}
