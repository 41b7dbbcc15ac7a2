import type { PlannedRoute, PlannedVisit } from '../../plan/behaviour.ts';
import type { PlannedTier } from '../../plan/plan.ts';
import type { Route, Visit } from '../system.ts';
import { ELSEWHERE } from './elsewhere.ts';
import type { Figures } from './figures.ts';
import { serviceDistribution } from './service-of.ts';

/** What names of a route stand for. */
export interface RouteNames {
  readonly tiers: readonly PlannedTier[];
  readonly tierIndex: ReadonlyMap<string, number>;
  readonly messageIndex: ReadonlyMap<string, number>;
  readonly figures: Figures;
}

/**
 * A planned route with indices in place of names, and numbers in place of formulas. `writes`: whether what it does to a database
 * is a write where the visit does not say.
 */
export function routeOf(planned: PlannedRoute, names: RouteNames, writes: boolean): Route {
  return planned.map((visit) =>
    visit.tier === null ? waitOf(visit, names) : visitOf(visit, visit.tier, names, writes),
  );
}

/** A visit to whatever is waited for, which is always free. */
function waitOf({ time }: PlannedVisit, { tierIndex, figures }: RouteNames): Visit {
  const service = { kind: 'exponential', mean_s: figures.number(time, 0) } as const;
  const tier = tierIndex.get(ELSEWHERE) ?? tierIndex.size;
  return { tier, times: 1, operation: 'read', service, nested: [], lookup: null, publish: [] };
}

function visitOf(planned: PlannedVisit, id: string, names: RouteNames, writes: boolean): Visit {
  const { figures, tiers, tierIndex, messageIndex } = names;
  const tier = tierIndex.get(id);
  const called = tiers[tier ?? -1];
  if (tier === undefined || !called) throw new RangeError(`no tier \`${id}\` at this step`);
  const { lookup, time } = planned;
  const write = planned.write ?? (writes && called.kind === 'postgres');
  return {
    tier,
    times: figures.number(planned.times, 1),
    operation: write ? 'write' : 'read',
    service: time && serviceDistribution(called.behaviour.service, figures.number(time, 0), figures),
    nested: routeOf(planned.nested, names, writes),
    lookup: lookup && {
      hitRatio: lookup.hit && figures.share(lookup.hit, 0),
      onMiss: routeOf(lookup.onMiss, names, writes),
      missBy: lookup.missBy,
      fillVisit: lookup.fill,
      missOnFailure: lookup.missOnFailure,
    },
    publish: planned.publish.flatMap((name) => messageIndex.get(name) ?? []),
  };
}

/** A planned route's visits, those nested and those after a miss included. */
export function allVisits(route: PlannedRoute): PlannedVisit[] {
  return route.flatMap((visit) => [visit, ...allVisits(visit.nested), ...allVisits(visit.lookup?.onMiss ?? [])]);
}

/** The messages that routes lead to, directly or by another message, each once. */
export function messagesOf(routes: readonly PlannedRoute[], all: ReadonlyMap<string, PlannedRoute>): string[] {
  const messages = new Set(routes.flatMap(publishedBy));
  // A set goes on over what is added while it runs.
  for (const message of messages) for (const name of publishedBy(all.get(message) ?? [])) messages.add(name);
  return [...messages];
}

function publishedBy(route: PlannedRoute): string[] {
  return allVisits(route).flatMap(({ publish }) => publish);
}
