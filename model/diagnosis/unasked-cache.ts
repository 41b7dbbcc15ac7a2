import type { Case, Evidence } from './evidence.ts';
import { inNumber, inPercent } from './in-words.ts';
import { MACHINE } from './suspect.ts';
import { tiersOf } from './tiers.ts';
import { perRequest, workOf } from './work.ts';
import type { Work } from './work.ts';

const UNASKED = 0.9;
const FAILING = 0.6;
/** Fewer look-ups a request than this are none; more failed ones than this are trouble. */
const FEW = 0.01;

/** A cache that is there and is not asked, or does not answer. */
export function unaskedCache(of: Case): Evidence[] {
  const [tier] = tiersOf(of, 'redis');
  const work = workOf(of.observation);
  const now = work && lookUps(work);
  if (tier === undefined || !work || now === null) return [];
  const before = of.baseline && workOf(of.baseline);
  return [...unasked(of, tier, now, before), ...failing(of, tier, work, before)];
}

function unasked(of: Case, tier: string, now: number, before: Work | null | undefined): Evidence[] {
  const expected = (before && lookUps(before)) ?? expectedVisits(of, tier);
  if (now >= FEW || expected < 10 * FEW) return [];
  const usual = before
    ? `${inNumber(expected)} look-ups a request in the baseline`
    : 'which the plan has requests visit';
  return [{ tier, weight: UNASKED, because: `the application asked it nothing (${usual})` }];
}

function failing(of: Case, tier: string, work: Work, before: Work | null | undefined): Evidence[] {
  const errors = perRequest(work, 'cache.errors') ?? 0;
  const usual = (before && perRequest(before, 'cache.errors')) ?? 0;
  if (errors - usual < FEW) return [];
  const because = `calls of it failed in ${inPercent(errors)} of the requests`;
  // Whoever has no time to take an answer counts it as none.
  return [{ tier, weight: FAILING, because, followsFrom: [MACHINE, ...tiersOf(of, 'express')] }];
}

/** Look-ups a request; null where nobody counted any. */
export function lookUps(work: Work): number | null {
  const hits = perRequest(work, 'cache.hits');
  const misses = perRequest(work, 'cache.misses');
  return hits === null || misses === null ? null : hits + misses;
}

/** Visits a request as the plan's routes have them; 0 where nothing tells. */
function expectedVisits({ setting }: Case, tier: string): number {
  const edges = setting?.edges ?? [];
  const into = edges.filter(({ to }) => to === tier).reduce((sum, { visits_per_s = 0 }) => sum + visits_per_s, 0);
  const entering = edges
    .filter(({ from }) => from === setting?.entry)
    .reduce((sum, { visits_per_s = 0 }) => sum + visits_per_s, 0);
  return entering > 0 ? into / entering : 0;
}
