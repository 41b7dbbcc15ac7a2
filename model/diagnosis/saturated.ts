import type { TierSample } from '../observation/observation.ts';
import type { Case, Evidence } from './evidence.ts';
import { inNumber, inPercent } from './in-words.ts';
import { kindOf, tiersOf } from './tiers.ts';
import { workOf } from './work.ts';
import type { Work } from './work.ts';

/** Share of what a tier can do from which on its queue makes most of the response time. */
const NEARLY_ALL = 0.9;
const WEIGHT = 0.7;

/** Tiers that had nothing left: by their processors, or by the utilisation that the simulator knows. */
export function saturated(of: Case): Evidence[] {
  const work = workOf(of.observation);
  if (!work) return [];
  return of.observation.tiers.flatMap(({ tier, series }): Evidence[] => {
    const because = ofItsCores(of, tier, work) ?? ofItsCapacity(series, work);
    if (because === null) return [];
    // A database that answers what a cache should have answered has its work from there.
    const followsFrom = kindOf(of, tier) === 'postgres' ? tiersOf(of, 'redis') : [];
    return [{ tier, weight: WEIGHT, because, followsFrom }];
  });
}

function ofItsCores({ setting, observation }: Case, tier: string, { phases, sent, cpu_s }: Work): string | null {
  const { instances = 0, cores_each } = setting?.tiers.find(({ id }) => id === tier) ?? {};
  const machine = Number(observation.what.environment['cores'] ?? Infinity);
  const seconds = phases.reduce((sum, { start_s, end_s }) => sum + end_s - start_s, 0);
  const used = ((cpu_s.get(tier) ?? 0) * sent) / seconds;
  if (cores_each === undefined || instances === 0) return null;
  const has = Math.min(instances * cores_each, machine);
  return used >= NEARLY_ALL * has ? `it used ${inNumber(used)} of the ${inNumber(has)} cores that it can` : null;
}

function ofItsCapacity(series: readonly TierSample[], { phases }: Work): string | null {
  const shares = series.flatMap(({ at_s, utilisation }) =>
    utilisation !== undefined && phases.some(({ start_s, end_s }) => at_s >= start_s && at_s <= end_s)
      ? [utilisation]
      : [],
  );
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  return mean >= NEARLY_ALL ? `${inPercent(mean)} of its capacity was in use` : null;
}
