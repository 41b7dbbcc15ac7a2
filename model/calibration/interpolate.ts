export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Linear between neighbours, and as the nearest point outside. Points by rising x; RangeError without any. */
export function interpolate(points: readonly Point[], x: number): number {
  const after = points.findIndex((point) => point.x >= x);
  const high = points[after] ?? points.at(-1);
  if (!high) throw new RangeError('interpolation needs a point');
  const low = after > 0 ? points[after - 1] : undefined;
  if (!low || high.x === low.x) return high.y;
  return low.y + ((high.y - low.y) * (x - low.x)) / (high.x - low.x);
}
