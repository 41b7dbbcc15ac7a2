import { rankSum } from '../../model/comparison/rank-sum.ts';
import { createRandom } from '../../model/random/random.ts';
import { normalQuantile } from '../../model/uncertainty/normal-quantile.ts';

// `node bench/comparison/designs.ts`: how often each way to arrange and test runs raises a false alarm, and how often it finds a shift of 10 %, with runs that are
// independent, alike as neighbours, or drift.
const COMPARISONS = 2000;
const SPREAD = 0.04;
const LEVEL = 0.01 / 15;
const SHIFT = Math.log1p(0.1);
const LIKE = [
  { correlation: 0, drift: 0 },
  { correlation: 0.5, drift: 0 },
  { correlation: 0, drift: 0.1 },
  { correlation: 0, drift: 0.3 },
];
const random = createRandom(1, 'designs');

for (const runs of [8, 12, 16]) {
  for (const like of LIKE) {
    const [still, shifted] = [foundOf(runs, like, 0), foundOf(runs, like, SHIFT)];
    const columns = Object.keys(still).map((design) => `${design} ${still[design]} % / ${shifted[design]} %`);
    const { correlation, drift } = like;
    process.stdout.write(`${runs} runs, correlation ${correlation}, drift ${drift}: ${columns.join(', ')}\n`);
  }
}

/** Percent of comparisons in which each design proves a difference. */
function foundOf(runs: number, like: (typeof LIKE)[number], shift: number): Record<string, number> {
  const found = { 'in turns': 0, 'in pairs': 0, 'one after the other': 0 };
  for (let round = 0; round < COMPARISONS; round++) {
    const values = seriesOf(2 * runs, like);
    const isAfter = (index: number): boolean => index % 4 === 1 || index % 4 === 2;
    const before = values.filter((_, index) => !isAfter(index));
    const after = values.flatMap((value, index) => (isAfter(index) ? [value + shift] : []));
    const differences = after.map((value, index) => value - (before[index] ?? 0));
    const later = values.slice(runs).map((value) => value + shift);
    if (rankSum(before, after).p <= LEVEL) found['in turns']++;
    if (signedRankP(differences) <= LEVEL) found['in pairs']++;
    if (rankSum(values.slice(0, runs), later).p <= LEVEL) found['one after the other']++;
  }
  return Object.fromEntries(Object.entries(found).map(([design, count]) => [design, (100 * count) / COMPARISONS]));
}

/** Logarithms of a metric, run after run. */
function seriesOf(count: number, { correlation, drift }: (typeof LIKE)[number]): number[] {
  let noise = SPREAD * normal();
  return Array.from({ length: count }, (_, index) => {
    noise = correlation * noise + Math.sqrt(1 - correlation ** 2) * SPREAD * normal();
    return noise + (drift * index) / count;
  });
}

function normal(): number {
  return normalQuantile((random.uint32() + 0.5) / 2 ** 32);
}

/** Two-sided p of Wilcoxon's signed ranks without ties, counted out. F. Wilcoxon, Biometrics Bulletin 1 (1945) 80-83. */
function signedRankP(differences: readonly number[]): number {
  const count = differences.length;
  const byRank = differences.toSorted((a, b) => Math.abs(a) - Math.abs(b));
  const positive = byRank.reduce((sum, each, index) => sum + (each > 0 ? index + 1 : 0), 0);
  const ways = new Float64Array((count * (count + 1)) / 2 + 1);
  ways[0] = 1;
  for (let rank = 1; rank <= count; rank++)
    for (let sum = ways.length - 1; sum >= rank; sum--) ways[sum] = (ways[sum] ?? 0) + (ways[sum - rank] ?? 0);
  const middle = (ways.length - 1) / 2;
  const asFar = ways.reduce(
    (sum, way, at) => sum + (Math.abs(at - middle) >= Math.abs(positive - middle) ? way : 0),
    0,
  );
  return asFar / 2 ** count;
}
