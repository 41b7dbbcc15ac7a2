import { nonNegative, whole } from '../argument/argument.ts';
import { exp, ln } from '../../random/portable-math.ts';

/**
 * Mean time until `acknowledgements` of `replicas` have confirmed a commit, each after an independent, exponential time
 * of mean `mean_s`: mean × (1/r + 1/(r - 1) + … + 1/(r - a + 1)), the a-th order statistic. All of them: mean × H(r),
 * the slowest decides. The primary's own work comes on top.
 * Literature: H. A. David, H. N. Nagaraja, Order Statistics, 3rd ed. 2003, on Rényi's representation.
 */
export function commitWait_s(mean_s: number, acknowledgements: number, replicas: number): number {
  nonNegative('mean_s', mean_s);
  whole('replicas', replicas, 0);
  if (whole('acknowledgements', acknowledgements, 0) > replicas)
    throw new RangeError(`${replicas} replicas cannot give ${acknowledgements} acknowledgements`);
  let sum = 0;
  for (let i = 0; i < acknowledgements; i++) sum += 1 / (replicas - i);
  return mean_s * sum;
}

/**
 * Time within which the share `p` (above 0, below 1) of commits is confirmed by all replicas: the quantile of the
 * maximum, -mean × ln(1 - p^(1/r)). Times as for `commitWait_s`.
 */
export function commitWaitPercentile_s(mean_s: number, replicas: number, p: number): number {
  nonNegative('mean_s', mean_s);
  whole('replicas', replicas, 1);
  if (!(p > 0 && p < 1)) throw new RangeError(`a percentile lies between 0 and 1, not at ${p}`);
  // 1 - p^(1/r), which would vanish in rounding for p near 1 and many replicas.
  const x = -ln(p) / replicas;
  return -mean_s * ln(x < 1e-5 ? x - (x * x) / 2 : 1 - exp(-x));
}
