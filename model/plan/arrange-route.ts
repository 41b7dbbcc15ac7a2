import type { Source } from '../document/source.ts';
import type { PlannedLookup, PlannedRoute, PlannedVisit } from './behaviour.ts';
import type { WrittenVisit } from './read-routes.ts';

/** What routes have to know of a tier of their step. */
export interface RouteTier {
  readonly calls: readonly string[];
  readonly kind: string;
  /** Whether it keeps entries by key. */
  readonly cached: boolean;
}

export interface RouteScope {
  readonly source: Source;
  readonly tiers: ReadonlyMap<string, RouteTier>;
  /** Added to messages: ` at step 3`, where a route comes from an earlier one. */
  readonly where: string;
}

/** A visit whose nested calls are still being found. */
interface Growing extends PlannedVisit {
  readonly nested: PlannedVisit[];
}

/**
 * Finds who makes each visit of a route: the nearest earlier tier of the same list that calls it, else the one that the list
 * is made by (nobody for a route itself, whose first visit is the client's). Reports visits that nobody makes.
 */
export function arrangeRoute(
  scope: RouteScope,
  items: readonly WrittenVisit[],
  maker: string | null = null,
): PlannedRoute {
  const route: PlannedVisit[] = [];
  const earlier: Growing[] = [];
  for (const item of items) {
    if (item.tier === null) {
      const waiting = earlier.findLast(({ tier }) => waits(scope, tier));
      (waiting?.nested ?? route).push(waitOf(item));
      continue;
    }
    const caller = earlier.findLast(({ tier }) => calls(scope, tier, item.tier));
    const isMade = maker === null ? earlier.length === 0 : calls(scope, maker, item.tier);
    if (!caller && !isMade) {
      reportNoCaller(scope, item, maker);
      continue;
    }
    const lookup = arrangeLookup(scope, item, caller?.tier ?? maker);
    const { tier, times, time, write, keys, publish } = item;
    const names = { keys: keys?.name ?? null, publish: publish.map(({ name }) => name) };
    const visit: Growing = { tier, times, time, write, ...names, nested: [], lookup };
    (caller?.nested ?? route).push(visit);
    earlier.push(visit);
  }
  return route;
}

function calls({ tiers }: RouteScope, caller: string | null, called: string | null): boolean {
  return called !== null && (tiers.get(caller ?? '')?.calls.includes(called) ?? false);
}

/** It is programs that wait for something, not the balancers, caches and databases around them. */
function waits({ tiers }: RouteScope, tier: string | null): boolean {
  const kind = tiers.get(tier ?? '')?.kind;
  return kind === 'express' || kind === 'worker';
}

function waitOf({ time }: WrittenVisit): PlannedVisit {
  const plain = { times: null, write: false, keys: null, nested: [], lookup: null, publish: [] };
  return { tier: null, time, ...plain };
}

/** A visit looks something up when it says what a miss leads to, or what is found; a key alone asks a cache. */
function arrangeLookup(scope: RouteScope, item: WrittenVisit, caller: string | null): PlannedLookup | null {
  const { tier, hit, miss, keys, write, fill, missOnFailure } = item;
  const { kind, cached, calls: called } = scope.tiers.get(tier ?? '') ?? { kind: '', cached: false, calls: [] };
  if (!hit && !miss && !(keys && cached && !write)) return null;
  if (!hit && !(keys && cached)) {
    const help = keys
      ? `add \`cache: { entries: … }\` to \`${tier}\`, or \`hit: …\` here`
      : 'add `hit: …`, or `keys: …`';
    const message = `what share of look-ups \`${tier}\` answers cannot be told${scope.where}`;
    scope.source.report('MISSING_KEY', item.node, message, { help });
  }
  const missBy = called.includes(miss?.[0]?.tier ?? '') ? 'tier' : 'caller';
  const onMiss = arrangeRoute(scope, miss ?? [], missBy === 'tier' ? tier : (caller ?? ''));
  // What was not fetched is not stored, unless the cache is to know the key.
  const stores = kind === 'redis' && (miss !== null || hit === null);
  return { hit, onMiss, missBy, fill: fill ?? stores, missOnFailure };
}

function reportNoCaller(
  { source, tiers, where }: RouteScope,
  { node, tier }: WrittenVisit,
  maker: string | null,
): void {
  if (tier === null) return;
  const could = [...tiers].filter(([, { calls: called }]) => called.includes(tier)).map(([id]) => `\`${id}\``);
  const message = maker ? `\`${maker}\` does not call \`${tier}\`` : `nobody before \`${tier}\` in the route calls it`;
  const help = could.length > 0 ? `${could.join(', ')} could` : `no tier lists it under \`calls\``;
  source.report('UNREACHABLE', node, `${message}${where}`, { help });
}
