/** Neighbours that are averaged before the series is looked at. */
const BATCH = 5;

/**
 * How many values at the start of a series belong to its warm-up. MSER-5: of the means of every five values, as many are cut
 * as make the marginal standard error of the rest least: the d that minimises sum((z - mean)²) / (n - d)² over what is
 * left after d. Never more than half: when the least lies there, the series did not settle, and half of it is the answer.
 * Literature: K. P. White, M. J. Cobb, S. C. Spratt, Proc. Winter Simulation Conference 2000, 755-760.
 */
export function mser5(series: readonly number[]): number {
  const means = meansOfFive(series);
  const n = means.length;
  const most = Math.floor(n / 2);
  let cut = 0;
  let least = Infinity;
  // Welford's recurrence, from the end: mean and squared deviations of what is left after d.
  let mean = 0;
  let squares = 0;
  for (let d = n - 1; d >= 0; d--) {
    const left = n - d;
    const deviation = (means[d] ?? 0) - mean;
    mean += deviation / left;
    squares += deviation * ((means[d] ?? 0) - mean);
    const error = squares / (left * left);
    if (d <= most && error <= least) [cut, least] = [d, error];
  }
  return cut * BATCH;
}

function meansOfFive(series: readonly number[]): number[] {
  const means: number[] = [];
  for (let start = 0; start + BATCH <= series.length; start += BATCH) {
    means.push(series.slice(start, start + BATCH).reduce((sum, value) => sum + value, 0) / BATCH);
  }
  return means;
}
