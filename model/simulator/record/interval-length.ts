/** A run has at most so many intervals, as long as one an hour are enough. */
const INTERVALS_MAX = 14_400;
const LENGTHS_S = [1, 10, 60, 600, 3_600];

/** Length of a run's intervals in s: a second up to four hours, then the least of 10 s, 1 min, 10 min, 1 h that is few enough. */
export function intervalLength_s(duration_s: number): number {
  return LENGTHS_S.find((length) => duration_s / length <= INTERVALS_MAX) ?? 3_600;
}
