import type { Case, Evidence } from './evidence.ts';
import { inNumber, inPercent } from './in-words.ts';
import { tiersOf } from './tiers.ts';
import { lookUps } from './unasked-cache.ts';
import { perRequest, workOf } from './work.ts';
import type { Work } from './work.ts';

/** Growth that chance and another mix of hits explain. */
export const GROWN = 1.5;
/** A hit ratio is lower in any run that begins with an empty cache, so it weighs less than what it brings about. */
const LOWER_RATIO = 0.6;
/** Of the added queries so many must be ones that the cache answered before. */
const MOST = 0.5;

/**
 * Queries a request that have grown against the baseline. They are the database's burden and not its fault: the cache's, where that many
 * more of its look-ups were in vain, else the application's, which asks more often.
 */
export function grownQueries(of: Case): Evidence[] {
  const now = workOf(of.observation);
  const before = of.baseline && workOf(of.baseline);
  const [app] = tiersOf(of, 'express');
  if (!now || !before) return [];
  const queries = perRequest(now, 'database.queries');
  const usual = perRequest(before, 'database.queries');
  if (queries === null || usual === null || usual === 0 || queries < usual * GROWN) return [];
  const told = `${inNumber(queries)} database queries a request (${inNumber(usual)} in the baseline)`;
  const weight = 1 - usual / queries;
  const cache = cacheLost(of, now, before);
  if (cache !== null && cache.hits >= MOST * (queries - usual)) {
    return [{ tier: cache.tier, weight: weight * LOWER_RATIO, because: `${cache.because}, and there were ${told}` }];
  }
  return app === undefined
    ? []
    : [{ tier: app, weight, because: `it makes ${told}, while the cache answers as before` }];
}

/** Hits a request that the cache had in the baseline and has no more. */
function cacheLost(of: Case, now: Work, before: Work): { tier: string; hits: number; because: string } | null {
  const [tier] = tiersOf(of, 'redis');
  const hits = perRequest(now, 'cache.hits');
  const usual = perRequest(before, 'cache.hits');
  if (tier === undefined || hits === null || usual === null) return null;
  const because = `it answered ${ratio(hits, now)} of its look-ups (${ratio(usual, before)} in the baseline)`;
  return { tier, hits: usual - hits, because };
}

function ratio(hits: number, work: Work): string {
  const all = lookUps(work) ?? 0;
  return all === 0 ? 'none' : inPercent(hits / all);
}
