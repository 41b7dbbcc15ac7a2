/** 97.5 % quantile of the standard normal distribution. */
export const Z95 = 1.959963984540054;

/** A 95 % confidence interval in the unit of its value. */
export interface Interval95 {
  readonly low: number;
  readonly high: number;
  /** `high` is itself only a lower bound, because it rests on requests that never answered. */
  readonly open?: true;
}

/**
 * 95 % interval of a share, from `hits` of `n` trials (n > 0): Wilson's score interval, which stays within 0 to 1 and
 * keeps a width at 0 hits. (p + z²/2n ± z sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n).
 * Literature: E. B. Wilson, JASA 22 (1927) 209-212; recommended by Brown, Cai, DasGupta, Statistical Science 16 (2001).
 */
export function wilson(hits: number, n: number): Interval95 {
  const share = hits / n;
  const z2 = Z95 ** 2;
  const middle = share + z2 / (2 * n);
  const half = Z95 * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n));
  const scale = 1 + z2 / n;
  // At the borders the formula gives 0 and 1 but for rounding.
  const low = hits === 0 ? 0 : Math.max(0, (middle - half) / scale);
  const high = hits === n ? 1 : Math.min(1, (middle + half) / scale);
  return { low, high };
}

/**
 * 95 % interval of the expected number of events when `count` were seen: the score interval for a Poisson count, Wilson's
 * for rare events: count + z²/2 ± z sqrt(count + z²/4).
 * Literature: L. Barker, The American Statistician 56 (2002) 85-89.
 */
export function poissonScore(count: number): Interval95 {
  const half = Z95 * Math.sqrt(count + Z95 ** 2 / 4);
  const middle = count + Z95 ** 2 / 2;
  return { low: Math.max(0, middle - half), high: middle + half };
}

/** Below this many samples the mean of a skewed distribution is not near enough to normal for an interval. */
export const MEAN_SAMPLES_MIN = 30;

/**
 * 95 % interval of a mean by the central limit theorem: mean ± z s / sqrt(n); undefined below `MEAN_SAMPLES_MIN`.
 * `deviation` is the standard deviation over n, as histograms give it.
 * Literature: J.-Y. Le Boudec, Performance Evaluation of Computer and Communication Systems, 2010, theorem 2.2.
 */
export function meanInterval(mean: number, deviation: number, n: number): Interval95 | undefined {
  if (n < MEAN_SAMPLES_MIN) return undefined;
  const half = (Z95 * deviation) / Math.sqrt(n - 1);
  return { low: Math.max(0, mean - half), high: mean + half };
}
