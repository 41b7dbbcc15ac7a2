/** Share of intervals that miss on either side: 2.5 % each makes 95 %. */
const TAIL = 0.025;

/** Ranks (1-based) of the two samples that enclose a quantile with 95 % confidence. */
export interface RankInterval {
  readonly low: number;
  readonly high: number;
}

/**
 * Distribution-free 95 % interval of the p-quantile (0 < p < 1) from n independent samples, as ranks of the sorted samples.
 * The number of samples at or below the quantile is binomial(n, p), so X(low) <= quantile <= X(high) holds with at least
 * 95 % for low the largest rank with P(B <= low - 1) <= 2.5 % and high the smallest with P(B >= high) <= 2.5 %.
 * Null when n is too small for both ranks to exist (see `samplesForInterval`).
 *
 * Literature: H. A. David, H. N. Nagaraja, Order Statistics, 3rd ed. 2003, section 7.1; J.-Y. Le Boudec, Performance
 * Evaluation of Computer and Communication Systems, 2010, theorem 2.1. Latencies of neighbouring requests are correlated,
 * so the interval of a real run is a little wider than this one says.
 */
export function rankInterval(n: number, p: number): RankInterval | null {
  if (!(p > 0 && p < 1)) throw new RangeError(`a quantile lies between 0 and 1, not ${p}`);
  if (n < samplesForInterval(p)) return null;
  const spread = Math.sqrt(n * p * (1 - p));
  // Below eight standard deviations (and some, for small n) lies less than 1e-9 of the mass.
  const first = Math.max(0, Math.floor(n * p - 8 * spread - 8));
  let probability = Math.exp(logBinomial(n, first, p));
  let cumulative = probability;
  let low = cumulative <= TAIL ? first + 1 : first;
  let k = first;
  while (k < n && cumulative < 1 - TAIL) {
    probability *= ((n - k) / (k + 1)) * (p / (1 - p));
    k++;
    cumulative += probability;
    if (cumulative <= TAIL) low = k + 1;
  }
  return { low: Math.max(1, low), high: Math.min(n, k + 1) };
}

/** Least number of samples from which a 95 % interval of the p-quantile exists: 72 for p95, 368 for p99, 3,688 for p99.9. */
export function samplesForInterval(p: number): number {
  return Math.ceil(Math.log(TAIL) / Math.log(Math.max(p, 1 - p)));
}

/** ln P(B = k) for B ~ binomial(n, p). */
function logBinomial(n: number, k: number, p: number): number {
  const choose = logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
  return choose + k * Math.log(p) + (n - k) * Math.log1p(-p);
}

/** ln Γ(x) for x >= 1 by Stirling's series, after shifting x above 10 where three terms give 12 digits (DLMF 5.11.1). */
function logGamma(x: number): number {
  let shift = 0;
  let z = x;
  for (; z < 10; z++) shift += Math.log(z);
  const inverse = 1 / z;
  const series = inverse * (1 / 12 - inverse ** 2 * (1 / 360 - inverse ** 2 * (1 / 1260 - inverse ** 2 / 1680)));
  return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - shift;
}
