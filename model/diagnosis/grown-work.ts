import { median } from '../judge/trend.ts';
import type { Case, Evidence } from './evidence.ts';
import { GROWN } from './grown-queries.ts';
import { inNumber, inTime } from './in-words.ts';
import { kindOf, tiersOf } from './tiers.ts';
import { perRequest, workOf } from './work.ts';
import type { Work } from './work.ts';

/** Less processor time a request than this is not worth a word, however much it grew. */
const ADDED_MIN_S = 50e-6;
/** Where reads go past the cache, the application does more for each, too; up to this that is no trouble of its own. */
const MISSES_COST = 2.5;

/**
 * Tiers that take more processor time for the same work than in the baseline. What all of them take more is the machine's doing (its clock,
 * its other users), so growth counts beyond the median of the other tiers. A database's is taken by the query.
 */
export function grownWork(of: Case): Evidence[] {
  const now = workOf(of.observation);
  const before = of.baseline && workOf(of.baseline);
  if (!now || !before) return [];
  const tiers = [...now.cpu_s].flatMap(([tier, cpu_s]): Grown[] => {
    const usual_s = before.cpu_s.get(tier) ?? 0;
    return usual_s > 0 ? [{ tier, cpu_s, usual_s }] : [];
  });
  const queries = queriesGrown(now, before);
  return tiers.flatMap((grown) => {
    const others = tiers.filter((other) => other !== grown).map(({ cpu_s, usual_s }) => cpu_s / usual_s);
    return evidenceOf(of, grown, Math.max(1, median(others)), queries);
  });
}

interface Grown {
  readonly tier: string;
  readonly cpu_s: number;
  readonly usual_s: number;
}

function evidenceOf(of: Case, { tier, cpu_s, usual_s }: Grown, machine: number, queries: number): Evidence[] {
  const isDatabase = kindOf(of, tier) === 'postgres';
  const times = cpu_s / usual_s / machine / (isDatabase ? queries : 1);
  if (times < GROWN || cpu_s - usual_s < ADDED_MIN_S) return [];
  const what = `${inTime(cpu_s)} of processor time a request (${inTime(usual_s)} in the baseline)`;
  const more = isDatabase && queries > 1.1 ? `, with ${inNumber(queries)} times the queries` : '';
  const followsFrom = !isDatabase && times < MISSES_COST ? tiersOf(of, 'redis') : [];
  return [{ tier, weight: 1 - 1 / times, because: `it took ${what}${more}`, followsFrom }];
}

/** How many times the queries a request of the baseline; 1 where nobody counted, or where there are fewer. */
function queriesGrown(now: Work, before: Work): number {
  const queries = perRequest(now, 'database.queries');
  const usual = perRequest(before, 'database.queries');
  return queries === null || usual === null || usual === 0 ? 1 : Math.max(1, queries / usual);
}
