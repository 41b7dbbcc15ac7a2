import type { Lookup, Route, System, Visit } from '../system.ts';
import { Variate } from '../variates/variate.ts';
import type { Site, SiteLookup } from './site.ts';
import type { Station } from './station.ts';

/** The first call of a route, linked to the ones that follow; null for a route without calls. RangeError for a tier that is none. */
export function compileRoute(route: Route, stations: readonly Station[]): Site | null {
  return route.reduceRight<Site | null>((next, visit) => compileVisit(visit, stations, next, false), null);
}

/**
 * What a request does that goes in at a tier instead of at the start of its route: the first visit of the tier that the route makes, with
 * all that follows from it, at the tier's first instance; a plain read when the route makes none.
 */
export function compileEntry(route: Route, tier: number, stations: readonly Station[]): Site {
  const plain: Visit = { tier, times: 1, operation: 'read', service: null, nested: [], lookup: null, publish: [] };
  return compileVisit({ ...(findVisit(route, tier) ?? plain), times: 1 }, stations, null, true);
}

/** The tiers with a keyed cache that a route asks, by index. */
export function cachesOf(route: Route, system: System): number[] {
  return visitsOf(route).flatMap((visit) =>
    visit.lookup?.hitRatio === null && system.tiers[visit.tier]?.cache ? [visit.tier] : [],
  );
}

/** All visits of a route, the nested ones and those after a miss included, in the order in which they are made. */
export function visitsOf(route: Route): Visit[] {
  return route.flatMap((visit) => [visit, ...visitsOf(visit.lookup?.onMiss ?? []), ...visitsOf(visit.nested)]);
}

function findVisit(route: Route, tier: number): Visit | undefined {
  return visitsOf(route).find((visit) => visit.tier === tier);
}

function compileVisit(visit: Visit, stations: readonly Station[], next: Site | null, isPinned: boolean): Site {
  const station = stations[visit.tier];
  if (station === undefined) throw new RangeError(`a visit goes to tier ${visit.tier}, and there is none`);
  if (!(visit.times >= 0 && visit.times < Infinity)) throw new RangeError(`a visit happens ${visit.times} times`);
  const whole = Math.floor(visit.times);
  return {
    station,
    whole,
    fraction: visit.times - whole,
    isWrite: visit.operation === 'write',
    service: visit.service === null ? station.service : new Variate(visit.service),
    nested: compileRoute(visit.nested, stations),
    lookup: visit.lookup === null ? null : compileLookup(visit, visit.lookup, station, stations),
    publish: visit.publish,
    isSilent: visit.publish.length === 0,
    isFill: false,
    isPinned,
    next,
  };
}

function compileLookup(visit: Visit, lookup: Lookup, station: Station, stations: readonly Station[]): SiteLookup {
  const { cache, id } = station.tier;
  if (lookup.hitRatio === null && cache === null)
    throw new RangeError(`\`${id}\` is looked up without a hit ratio, and has no keyed cache`);
  const retry_s = cache?.stampede.policy === 'lock' ? cache.stampede.retry_s : Infinity;
  // Time would stand still.
  if (!(retry_s > 0)) throw new RangeError(`\`${id}\` is asked again ${retry_s} s after a lock; that has to be later`);
  return {
    hitRatio: lookup.hitRatio ?? 0,
    state: lookup.hitRatio === null ? station.cache : null,
    onMiss: compileRoute(lookup.onMiss, stations),
    isByTier: lookup.missBy === 'tier',
    fill: lookup.fillVisit && lookup.missBy === 'caller' ? compileFill(visit, station) : null,
    missOnFailure: lookup.missOnFailure,
    retry_s,
  };
}

/** Storing the answer: one more visit, that takes as long as the look-up. */
function compileFill(visit: Visit, station: Station): Site {
  return {
    station,
    whole: 1,
    fraction: 0,
    isWrite: true,
    service: visit.service === null ? station.service : new Variate(visit.service),
    nested: null,
    lookup: null,
    publish: [],
    isSilent: true,
    isFill: true,
    isPinned: false,
    next: null,
  };
}
