import { normalProbability } from '../uncertainty/normal-probability.ts';
import { normalQuantile } from '../uncertainty/normal-quantile.ts';

/** Up to this many values in all, the distribution is counted out; beyond, the normal one is as good. */
const EXACT_MAX = 40;

/** Whether one of two sets of values tends to be larger. */
export interface RankSum {
  /** Pairs in which the value of `after` is larger, ties counting half: 0 to n_before × n_after. */
  readonly u: number;
  /** Two-sided: how often chance alone deals the values out at least so unevenly. */
  readonly p: number;
}

/**
 * Mann and Whitney's U (Wilcoxon's rank sum) of two independent sets, neither empty. Up to 40 values p is exact, also with
 * ties: of all ways to deal the same ranks out, the share that lie as far from the middle. Beyond, it is normal, with the
 * correction for ties and for continuity.
 * Literature: H. B. Mann, D. R. Whitney, Annals of Mathematical Statistics 18 (1947) 50-60; B. Streitberg, J. Röhmel,
 * Statistical Software Newsletter 12 (1986) 10-17 (the exact distribution with ties); M. Hollander, D. A. Wolfe,
 * Nonparametric Statistical Methods, 2nd ed. 1999, section 4.1 (the approximation).
 */
export function rankSum(before: readonly number[], after: readonly number[]): RankSum {
  const [n, m] = [before.length, after.length];
  if (n === 0 || m === 0) throw new RangeError('a rank test needs values on both sides');
  const all = [...before, ...after];
  const doubled = doubledRanks(all);
  const sum = doubled.slice(n).reduce((total, rank) => total + rank, 0);
  const u = (sum - m * (m + 1)) / 2;
  return { u, p: n + m <= EXACT_MAX ? exactP(doubled, m, sum) : normalP(doubled, n, m, u) };
}

/** Least two-sided p that sets of these sizes can give: that of values that do not overlap, 2 / C(n + m, m). */
export function leastP(n: number, m: number): number {
  let ways = 1;
  for (let k = 1; k <= m; k++) ways *= (n + k) / k;
  return Math.min(1, 2 / ways);
}

/**
 * The least U whose two-sided p is above `level`, without ties; -1 when there is none. What lies so many places from the ends of
 * the ordered differences bounds an interval of 1 - `level` (Hollander and Wolfe, section 4.3).
 */
export function criticalU(n: number, m: number, level: number): number {
  if (n + m > EXACT_MAX) return criticalNormal(n, m, level);
  const ranks = Array.from({ length: n + m }, (_, index) => index + 1);
  const least = (m * (m + 1)) / 2;
  const ways = waysToDeal(ranks, m, least + Math.floor((n * m) / 2));
  let p = 0;
  for (let u = 0; u <= (n * m) / 2; u++) {
    p += leastP(n, m) * (ways[least + u] ?? 0);
    if (p > level) return u - 1;
  }
  return Math.floor((n * m) / 2);
}

/** Twice the rank of each value, ties having the mean of theirs: whole numbers. */
function doubledRanks(values: readonly number[]): number[] {
  const order = [...values.keys()].toSorted((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranks = values.map(() => 0);
  for (let from = 0; from < order.length;) {
    const value = values[order[from] ?? 0];
    let to = from + 1;
    while (to < order.length && values[order[to] ?? 0] === value) to++;
    for (const index of order.slice(from, to)) ranks[index] = from + 1 + to;
    from = to;
  }
  return ranks;
}

/** In how many ways `m` of the ranks add up to each sum, by adding one rank after the other (Streitberg and Röhmel's shift). */
function waysToDeal(ranks: readonly number[], m: number, largest: number): Float64Array {
  const ways = Array.from({ length: m + 1 }, () => new Float64Array(largest + 1));
  const [none] = ways;
  if (none) none[0] = 1;
  for (const rank of ranks) {
    for (let count = m; count >= 1; count--) {
      const [with_, without] = [ways[count], ways[count - 1]];
      if (!with_ || !without) continue;
      for (let sum = largest; sum >= rank; sum--) with_[sum] = (with_[sum] ?? 0) + (without[sum - rank] ?? 0);
    }
  }
  return ways[m] ?? new Float64Array();
}

function exactP(doubled: readonly number[], m: number, sum: number): number {
  const middle = (m * doubled.reduce((total, rank) => total + rank, 0)) / doubled.length;
  const descending = doubled.toSorted((a, b) => b - a);
  const largest = descending.slice(0, m).reduce((total, rank) => total + rank, 0);
  const ways = waysToDeal(doubled, m, largest);
  let total = 0;
  let asFar = 0;
  for (const [dealt, count] of ways.entries()) {
    total += count;
    if (Math.abs(dealt - middle) >= Math.abs(sum - middle) - 1e-9) asFar += count;
  }
  return asFar / total;
}

function normalP(doubled: readonly number[], n: number, m: number, u: number): number {
  const deviation = Math.sqrt(varianceOfU(n, m, tiesOf(doubled)));
  if (deviation === 0) return 1;
  const distance = Math.max(0, Math.abs(u - (n * m) / 2) - 0.5);
  return Math.min(1, 2 * normalProbability(-distance / deviation));
}

/** Σ (t³ - t) over groups of t equal ranks. */
function tiesOf(ranks: readonly number[]): number {
  const sizes = [...Map.groupBy(ranks, (rank) => rank).values()].map((group) => group.length);
  return sizes.reduce((sum, size) => sum + size ** 3 - size, 0);
}

function varianceOfU(n: number, m: number, ties: number): number {
  const all = n + m;
  return ((n * m) / 12) * (all + 1 - ties / (all * (all - 1)));
}

function criticalNormal(n: number, m: number, level: number): number {
  const deviation = Math.sqrt(varianceOfU(n, m, 0));
  return Math.max(-1, Math.floor((n * m) / 2 - 0.5 + normalQuantile(level / 2) * deviation));
}
