import { replicationInterval } from './replication-interval.ts';

/** An interval from one run, and whether it can be trusted. */
export interface BatchMeans {
  readonly mean: number;
  /** Null with fewer than `BATCHES_MIN` batches. */
  readonly halfWidth95: number | null;
  readonly batches: number;
  /** Of neighbouring batches, about -1 to 1; null when it cannot be told. */
  readonly autocorrelation: number | null;
  /** More than chance gives: the batches are too short, and the interval too narrow. */
  readonly correlated: boolean;
}

export const BATCHES_MIN = 10;
/** More batches than this add little to an interval; fewer but longer ones are less correlated (Schmeiser 1982). */
const BATCHES = 20;
/** 95 % quantile of the standard normal distribution, for a test on one side. */
const Z = 1.6448536269514722;

/**
 * 95 % interval of a mean from one run: the series is cut into 20 to 39 equal batches (what is left over is left out at the
 * start, where a warm-up would be), and the means of batches are taken for independent. Whether they are is held against the
 * von Neumann ratio of squared differences of neighbours to squared deviations, 2 (1 - autocorrelation): without
 * correlation the autocorrelation has mean 0 and variance (n - 2) / (n² - 1).
 * Throws a `RangeError` without a value.
 *
 * Literature: B. Schmeiser, Operations Research 30 (1982) 556-568; J. von Neumann, Ann. Math. Stat. 12 (1941) 367-395;
 * L. C. Young, ibid. 293-300; G. S. Fishman, Management Science 24 (1978) 510-521.
 */
export function batchMeansInterval(series: readonly number[]): BatchMeans {
  const means = meansOfBatches(series);
  const batches = means.length;
  const { mean, halfWidth95 } = replicationInterval(means);
  if (batches < BATCHES_MIN) return { mean, halfWidth95: null, batches, autocorrelation: null, correlated: false };
  const autocorrelation = autocorrelationOf(means, mean);
  const limit = Z * Math.sqrt((batches - 2) / (batches * batches - 1));
  return { mean, halfWidth95, batches, autocorrelation, correlated: autocorrelation > limit };
}

function meansOfBatches(series: readonly number[]): number[] {
  const size = Math.max(1, Math.floor(series.length / BATCHES));
  const means: number[] = [];
  for (let start = series.length % size; start < series.length; start += size) {
    means.push(series.slice(start, start + size).reduce((sum, value) => sum + value, 0) / size);
  }
  return means;
}

/** 1 - half of the von Neumann ratio; 0 when all values are equal. */
function autocorrelationOf(values: readonly number[], mean: number): number {
  let differences = 0;
  let deviations = 0;
  let before = values[0] ?? mean;
  for (const value of values) {
    differences += (value - before) * (value - before);
    deviations += (value - mean) * (value - mean);
    before = value;
  }
  return deviations === 0 ? 0 : 1 - differences / (2 * deviations);
}
