import { broken } from './broken.ts';
import type { Case, Evidence, Rule } from './evidence.ts';
import { failedCriteria } from './failed-criteria.ts';
import { grownQueries } from './grown-queries.ts';
import { grownWork } from './grown-work.ts';
import { outside } from './outside.ts';
import { saturated } from './saturated.ts';
import type { Suspect } from './suspect.ts';
import { unaskedCache } from './unasked-cache.ts';

const RULES: readonly Rule[] = [broken, outside, unaskedCache, grownQueries, grownWork, saturated, failedCriteria];

/** From this weight on something is taken for a cause that explains others. */
const CAUSE = 0.4;
/** Who has less than this share of the first one's weight is not named beside it. */
const BESIDE = 0.5;

/**
 * Which tiers the figures of a run point at, where it failed or was invalid: highest weight first, none where nothing points anywhere. Several pieces
 * of evidence for the same tier add up like independent chances, 1 - Π(1 - w).
 */
export function suspectsOf(of: Case): readonly Suspect[] {
  if (of.judgement && !['FAIL', 'INVALID'].includes(of.judgement.outcome)) return [];
  const all = RULES.flatMap((rule) => rule(of));
  const causes = new Set(all.filter(({ weight }) => weight >= CAUSE).map(({ tier }) => tier));
  const counted = all.filter(
    ({ tier, followsFrom = [] }) => !followsFrom.some((other) => other !== tier && causes.has(other)),
  );
  const suspects = [...Map.groupBy(counted, ({ tier }) => tier)].map(([tier, evidence]) => suspectOf(tier, evidence));
  const sorted = byWeight(suspects);
  return sorted.filter(({ weight }) => weight >= BESIDE * (sorted[0]?.weight ?? 0));
}

function suspectOf(tier: string, evidence: readonly Evidence[]): Suspect {
  const doubt = evidence.reduce((rest, { weight }) => rest * (1 - weight), 1);
  return { tier, weight: 1 - doubt, because: byWeight(evidence).map(({ because }) => because) };
}

/** The highest first; in their order where they are equal. */
export function byWeight<T extends { readonly weight: number }>(weighed: readonly T[]): readonly T[] {
  return weighed.toSorted((a, b) => b.weight - a.weight);
}
