import { providedInstances } from '../../cost/step-cost.ts';
import { Values } from '../../plan/compute.ts';
import type { PlannedRoute } from '../../plan/behaviour.ts';
import type { ArchitectureStep, Plan, RequestClass } from '../../plan/plan.ts';
import type { KeySpace, Route, System, SystemClass, SystemTier } from '../system.ts';
import { approximateCaches } from './approximate-caches.ts';
import { defaultRoute } from './default-route.ts';
import { ELSEWHERE, ELSEWHERE_TIER } from './elsewhere.ts';
import { Figures } from './figures.ts';
import { allVisits, messagesOf, routeOf } from './route-of.ts';
import type { RouteNames } from './route-of.ts';
import { serviceOf, visitDemand } from './service-of.ts';
import { tierOf } from './tier-of.ts';

export interface BuiltSystem {
  readonly system: System;
  /** What the plan leaves open or cannot be simulated as it says, in words; lower case. */
  readonly notes: readonly string[];
}

type PlannedClass = Pick<RequestClass, 'name' | 'kind' | 'timeout_s'>;
/** The requests of a plan that lists none. */
const ANY_REQUEST: PlannedClass = { name: 'request', kind: 'read', timeout_s: 10 };

/**
 * The queueing network of one step of a plan. Quantities have their central values, tiers as many instances as the plan has
 * provided at the peak. `mix` gives each request class its share of the requests; classes without one are left out.
 * RangeError when no class is left, and when settings took a number beyond what is possible.
 */
export function systemOf(plan: Plan, step: ArchitectureStep, mix: ReadonlyMap<string, number>): BuiltSystem {
  const figures = new Figures(new Values(plan.quantities));
  const requests = requestsOf(plan, step, mix);
  const messages = messagesOf(
    requests.flatMap(({ planned }) => (planned ? [planned] : [])),
    step.routes,
  );
  const planned = [
    ...requests.flatMap((request) => request.planned ?? []),
    ...messages.flatMap((name) => step.routes.get(name) ?? []),
  ];
  const waits = allVisits(planned).some(({ tier }) => tier === null);
  const tierIndex = indexOf([...step.tiers.map(({ id }) => id), ...(waits ? [ELSEWHERE] : [])]);
  const names: RouteNames = { tiers: step.tiers, tierIndex, messageIndex: indexOf(messages), figures };
  const byDefault = defaultRoute(step, tierIndex, figures.values);
  const classes = classesOf(requests, byDefault.route, plan, step, names);
  const built = tiersOf(step, classes, names);
  const system: System = {
    classes,
    messages: messages.map((name) => ({ name, route: routeOf(step.routes.get(name) ?? [], names, true) })),
    tiers: [...built.map(({ tier }) => tier), ...(waits ? [ELSEWHERE_TIER] : [])],
    keySpaces: keySpacesOf(plan, figures),
  };
  const entry = step.tiers.find(({ id }) => id === step.entry);
  const approximated = approximateCaches(system, entry ? visitDemand(entry, figures.values) : null);
  const visited = visitedTiers(system);
  const notes = [
    ...defaultNotes(requests, byDefault.circle),
    ...idleNotes(system, visited),
    ...built.flatMap((tier, index) => (visited.has(index) ? tier.notes : [])),
    ...approximated.notes,
  ];
  return { system: approximated.system, notes };
}

function indexOf(names: readonly string[]): Map<string, number> {
  return new Map(names.map((name, index) => [name, index]));
}

/** A request class of the mix, with the route that the step gives it. */
type Asked = PlannedClass & { readonly share: number; readonly planned: PlannedRoute | undefined };

function requestsOf(plan: Plan, step: ArchitectureStep, mix: ReadonlyMap<string, number>): Asked[] {
  const listed = plan.requests.length > 0 ? plan.requests : [ANY_REQUEST];
  const shareOf = (name: string): number => (plan.requests.length > 0 ? (mix.get(name) ?? 0) : 1);
  const asked = listed.filter((request) => shareOf(request.name) > 0);
  if (asked.length === 0) throw new RangeError('no request class has a share in the mix');
  const total = asked.reduce((sum, request) => sum + shareOf(request.name), 0);
  return asked.map(({ name, kind, timeout_s }) => {
    const planned = step.routes.get(name) ?? step.routes.get(kind);
    return { name, kind, timeout_s, share: shareOf(name) / total, planned };
  });
}

function classesOf(
  requests: readonly Asked[],
  byDefault: Route,
  plan: Plan,
  step: ArchitectureStep,
  names: RouteNames,
): SystemClass[] {
  const keyIndex = indexOf([...plan.keys.keys()]);
  return requests.map(({ name, kind, share, timeout_s, planned }) => {
    const route = planned ? routeOf(planned, names, kind === 'write') : byDefault;
    return { name, share, timeout_s, route, keys: keysOf(planned ?? [], step, keyIndex) };
  });
}

function keySpacesOf({ keys }: Plan, figures: Figures): KeySpace[] {
  return [...keys].map(([name, { count, exponent }]) => ({
    name,
    count: figures.count(count, 1),
    exponent: figures.number(exponent, 0),
  }));
}

/** The key space of a route and of what it publishes: reading allowed for one. */
function keysOf(route: PlannedRoute, step: ArchitectureStep, keyIndex: ReadonlyMap<string, number>): number | null {
  const messages = messagesOf([route], step.routes).map((name) => step.routes.get(name) ?? []);
  const keys = [route, ...messages].flatMap(allVisits).find((visit) => visit.keys !== null)?.keys;
  return keyIndex.get(keys ?? '') ?? null;
}

/** Tiers, each with what had to be assumed for it. */
function tiersOf(
  step: ArchitectureStep,
  classes: readonly SystemClass[],
  { figures, tierIndex }: RouteNames,
): { readonly tier: SystemTier; readonly notes: readonly string[] }[] {
  const entry = step.tiers.find(({ id }) => id === step.entry);
  const around = { step, figures, tierIndex, classIndex: indexOf(classes.map(({ name }) => name)) };
  return step.tiers.map((planned) => {
    const service = serviceOf(planned, entry ?? planned, figures);
    const tier = tierOf(planned, service, around);
    const { id, instances, sharding } = tier;
    const given = providedInstances(planned, figures.values);
    const shards = `\`${id}\` has ${instances} instances in place of ${given}, for ${sharding?.shards} equal shards`;
    return { tier, notes: [...(service.note ? [service.note] : []), ...(instances === given ? [] : [shards])] };
  });
}

function defaultNotes(requests: readonly Asked[], circle: readonly string[] | null): string[] {
  const unrouted = requests.filter(({ planned }) => !planned).map(({ name }) => `\`${name}\``);
  if (unrouted.length === 0) return [];
  const who = unrouted.length === requests.length ? 'requests' : unrouted.join(', ');
  const route = `${who} without a route follow \`calls\` from the entry, as often as demand says`;
  if (!circle) return [route];
  const path = circle.map((id) => `\`${id}\``).join(' → ');
  return [route, `calls go in a circle, ${path}: each tier is visited where it is first reached; write \`routes\``];
}

/** Indices of the tiers that any route comes to. */
function visitedTiers({ classes, messages }: System): Set<number> {
  const visited = new Set<number>();
  const visit = (route: Route): void => {
    for (const { tier, nested, lookup } of route) {
      visited.add(tier);
      visit(nested);
      visit(lookup?.onMiss ?? []);
    }
  };
  for (const { route } of [...classes, ...messages]) visit(route);
  return visited;
}

function idleNotes({ tiers }: System, visited: ReadonlySet<number>): string[] {
  const idle = tiers.filter((_, i) => !visited.has(i)).map(({ id }) => `\`${id}\``);
  return idle.length > 0 ? [`no route visits ${idle.join(', ')}`] : [];
}
