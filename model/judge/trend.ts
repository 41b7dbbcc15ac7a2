/** A straight trend through evenly spaced values. */
export interface Trend {
  /** Change per step: the median of the slopes between all pairs. */
  readonly slope: number;
  /** How many standard deviations the number of rising over falling pairs is from what chance gives. */
  readonly z: number;
}

/**
 * Theil-Sen slope with the Mann-Kendall test: a trend that single outliers neither make nor hide. O(n²): give it a
 * hundred values, not a million. Undefined below 4 values.
 * Literature: P. K. Sen, JASA 63 (1968) 1379-1389; H. B. Mann, Econometrica 13 (1945) 245-259.
 */
export function trendOf(values: readonly number[]): Trend | undefined {
  const n = values.length;
  if (n < 4) return undefined;
  const slopes: number[] = [];
  let rising = 0;
  for (const [i, from] of values.entries()) {
    for (const [ahead, to] of values.slice(i + 1).entries()) {
      slopes.push((to - from) / (ahead + 1));
      rising += Math.sign(to - from);
    }
  }
  const deviation = Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  return { slope: median(slopes), z: (rising - Math.sign(rising)) / deviation };
}

/** Middle value; of an even number the mean of both. 0 for none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? upper) + upper) / 2;
}
