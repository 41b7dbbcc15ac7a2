import type { ArchitectureStep, Plan } from '../plan/plan.ts';
import { systemOf } from '../simulator/build/system-of.ts';
import type { Route, System, Visit } from '../simulator/system.ts';

/** One tier calls another, `visits` times for each request on average; null where the plan does not say how often. */
export interface PlannedVisits {
  readonly from: string;
  readonly to: string;
  readonly visits: number | null;
}

/**
 * Visits between tiers that one request of a mix leads to, by the plan's routes: the forced flow law, V of a tier = Σ over its callers of V of the
 * caller × calls by each of its visits (P. J. Denning, J. P. Buzen, The Operational Analysis of Queueing Network Models, 1978). What lies
 * behind a cache counts by its planned hit ratio; a cache whose entries decide leaves it open. None where settings leave no system.
 */
export function plannedVisits(plan: Plan, step: ArchitectureStep, mix: ReadonlyMap<string, number>): PlannedVisits[] {
  const system = systemIn(plan, step, mix);
  if (!system) return [];
  const flows = new Flows(system);
  for (const { route, share } of system.classes) flows.follow(route, null, share);
  return flows.all();
}

/** A system that cannot be simulated still ran: then the plan only has nothing to say about it. */
function systemIn(plan: Plan, step: ArchitectureStep, mix: ReadonlyMap<string, number>): System | null {
  try {
    return systemOf(plan, step, mix).system;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Adds up visits by who makes them. NaN stands for a number that the plan leaves open, as it spreads by itself. */
class Flows {
  readonly #system: System;
  readonly #visits = new Map<string, { readonly from: number; readonly to: number; visits: number }>();

  constructor(system: System) {
    this.#system = system;
  }

  /** `caller` is null for what comes from outside; `visits` is how often the route is taken. */
  follow(route: Route, caller: number | null, visits: number): void {
    for (const visit of route) this.#visit(visit, caller, visits);
  }

  #visit({ tier, times, nested, lookup, publish }: Visit, caller: number | null, taken: number): void {
    const visits = taken * times;
    this.#add(caller, tier, visits);
    this.follow(nested, tier, visits);
    for (const message of publish) this.follow(this.#system.messages[message]?.route ?? [], tier, visits);
    if (!lookup) return;
    const misses = visits * (1 - (lookup.hitRatio ?? Number.NaN));
    this.follow(lookup.onMiss, lookup.missBy === 'tier' ? tier : caller, misses);
    if (lookup.fillVisit) this.#add(caller, tier, misses);
  }

  #add(from: number | null, to: number, visits: number): void {
    if (from === null) return;
    const key = `${from}>${to}`;
    const edge = this.#visits.get(key) ?? { from, to, visits: 0 };
    edge.visits += visits;
    this.#visits.set(key, edge);
  }

  all(): PlannedVisits[] {
    const id = (tier: number): string => this.#system.tiers[tier]?.id ?? '';
    return [...this.#visits.values()].map(({ from, to, visits }) => {
      return { from: id(from), to: id(to), visits: Number.isNaN(visits) ? null : visits };
    });
  }
}
