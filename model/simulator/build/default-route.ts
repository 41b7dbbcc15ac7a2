import type { Evaluator } from '../../plan/compute.ts';
import type { ArchitectureStep, PlannedTier } from '../../plan/plan.ts';
import type { Route } from '../system.ts';
import { visitDemand } from './service-of.ts';

/** A route that follows from who calls whom. */
export interface DefaultRoute {
  readonly route: Route;
  /** The first circle of calls on the way, as ids of tiers; null without one. */
  readonly circle: readonly string[] | null;
}

/**
 * The route of requests that the plan gives none: along `calls` from the entry, depth first, each tier where it is first
 * reached. A tier gets V visits a request, V = its demand / the entry's where both count visits, else 1; hence V / V of its
 * caller by each visit of that. Workers, and what only they reach, take no part: nothing says what is published.
 */
export function defaultRoute(
  step: ArchitectureStep,
  tierIndex: ReadonlyMap<string, number>,
  values: Evaluator,
): DefaultRoute {
  const tiers = new Map(step.tiers.map((tier) => [tier.id, tier]));
  const entry = tiers.get(step.entry);
  const entryVisits = entry ? visitDemand(entry, values) : null;
  const visitsEach = (tier: PlannedTier): number => {
    const visits = visitDemand(tier, values);
    return visits === null || entryVisits === null ? 1 : visits / entryVisits;
  };
  const reached = new Set<string>();
  let circle: readonly string[] | null = null;
  const follow = (id: string, callerVisits: number, trail: readonly string[]): Route => {
    const tier = tiers.get(id);
    if (trail.includes(id)) circle ??= [...trail.slice(trail.indexOf(id)), id];
    if (!tier || tier.kind === 'worker' || reached.has(id)) return [];
    reached.add(id);
    const visits = visitsEach(tier);
    const nested = tier.calls.flatMap((called) => follow(called, visits, [...trail, id]));
    const rest = { operation: 'read', service: null, lookup: null, publish: [] } as const;
    return [{ tier: tierIndex.get(id) ?? 0, times: visits / callerVisits, nested, ...rest }];
  };
  return { route: follow(step.entry, 1, []), circle };
}
