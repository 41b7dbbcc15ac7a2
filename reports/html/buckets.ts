/** Neighbouring intervals as one point of a plot. */
export interface Bucket<T> {
  readonly start_s: number;
  readonly end_s: number;
  /** Never empty. */
  readonly items: readonly T[];
}

/** Lengths of a bucket that are read at sight. */
const LENGTHS_S = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800, 3600];
/** More points than this are closer together than a screen can show. */
const BUCKETS_MAX = 360;

/** Length in s of the points of a plot over `duration_s`: those of the intervals where they fit, else so much longer. */
export function bucketLength_s(duration_s: number, interval_s: number): number {
  const fits = (length_s: number): boolean => length_s >= interval_s && duration_s / length_s <= BUCKETS_MAX;
  if (fits(interval_s)) return interval_s;
  const whole = LENGTHS_S.find((length_s) => fits(length_s) && Number.isInteger(length_s / interval_s));
  return whole ?? Math.ceil(duration_s / BUCKETS_MAX / interval_s) * interval_s;
}

/** Items put together by time, in time order; times without any have no bucket. */
export function bucketsOf<T>(items: readonly T[], length_s: number, timeOf: (item: T) => number): Bucket<T>[] {
  const grouped = Map.groupBy(items, (item) => Math.floor(timeOf(item) / length_s + 1e-9));
  return [...grouped]
    .toSorted(([a], [b]) => a - b)
    .map(([index, group]) => ({ start_s: index * length_s, end_s: (index + 1) * length_s, items: group }));
}

/** The least, the middle and the greatest of values; null without any. */
export interface Spread {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

export function spreadOf(values: readonly number[]): Spread | null {
  const sorted = values.toSorted((a, b) => a - b);
  const [low] = sorted;
  const high = sorted.at(-1);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  return low === undefined || high === undefined || middle === undefined ? null : { low, middle, high };
}
