import { lruHitRatio } from '../../laws/caching/che.ts';
import { ttlCatalogueHitRatio } from '../../laws/caching/ttl-hit-ratio.ts';
import { zipfPopularity } from '../../laws/caching/zipf-popularity.ts';
import type { Popularity } from '../../laws/caching/zipf-popularity.ts';
import type { KeySpace, Route, System, SystemTier } from '../system.ts';
import type { BuiltSystem } from './system-of.ts';

/** More entries than this are not kept one by one: they would take minutes to fill, and much memory. */
const ENTRIES_MAX = 2_000_000;

/** Look-ups that one request makes on average, by key space. */
type LookUps = ReadonlyMap<number, number>;

/**
 * Puts a hit ratio in place of the entries of caches that are too large to keep one by one: Che's approximation for a cache
 * that is full, and where entries expire at most what they allow for at `rate_per_s`, the plan's requests. What happens
 * when single entries expire is lost with that; the notes say so.
 */
export function approximateCaches(system: System, rate_per_s: number | null): BuiltSystem {
  const hitRatios = new Map<number, number>();
  const notes = system.tiers.flatMap((tier, index) => {
    const lookUps = lookUpsOf(system, index);
    const hitRatio = approximateHitRatio(system, tier, lookUps, rate_per_s);
    if (hitRatio === null) return [];
    hitRatios.set(index, hitRatio);
    const percent = Number((hitRatio * 100).toPrecision(3));
    return [
      `\`${tier.id}\` is too large to simulate entry by entry: ${percent} % of its look-ups hit, by Che's approximation`,
    ];
  });
  if (hitRatios.size === 0) return { system, notes };
  const replaced = (route: Route): Route =>
    route.map((visit) => {
      const { lookup } = visit;
      const hitRatio = lookup?.hitRatio ?? hitRatios.get(visit.tier) ?? null;
      return {
        ...visit,
        nested: replaced(visit.nested),
        lookup: lookup && { ...lookup, hitRatio, onMiss: replaced(lookup.onMiss) },
      };
    });
  const classes = system.classes.map((each) => ({ ...each, route: replaced(each.route) }));
  const messages = system.messages.map((each) => ({ ...each, route: replaced(each.route) }));
  const tiers = system.tiers.map((tier, index) => (hitRatios.has(index) ? { ...tier, cache: null } : tier));
  return { system: { ...system, classes, messages, tiers }, notes };
}

/** Null for a cache that can be simulated as it is. */
function approximateHitRatio(
  { keySpaces }: System,
  { cache }: SystemTier,
  lookUps: LookUps,
  rate_per_s: number | null,
): number | null {
  const asked = [...lookUps].flatMap(([keys, weight]) => {
    const keySpace = keySpaces[keys];
    return keySpace ? [{ keySpace, weight }] : [];
  });
  const objects = asked.reduce((sum, { keySpace }) => sum + keySpace.count, 0);
  if (!cache || Math.min(cache.entries, objects) <= ENTRIES_MAX) return null;
  const total = asked.reduce((sum, { weight }) => sum + weight, 0);
  const popularity = mixed(asked.map(({ keySpace, weight }) => ({ keySpace, share: weight / total })));
  const full = lruHitRatio(popularity, cache.entries);
  if (cache.ttl_s === Infinity || rate_per_s === null) return full;
  return Math.min(full, ttlCatalogueHitRatio(popularity, rate_per_s * total, cache.ttl_s));
}

/** Look-ups by key on a tier; after a miss as many as there are at most. */
function lookUpsOf({ classes }: System, tier: number): LookUps {
  const lookUps = new Map<number, number>();
  for (const { share, keys, route } of classes) {
    const count = keys === null ? 0 : share * lookUpsIn(route, tier);
    if (keys !== null && count > 0) lookUps.set(keys, (lookUps.get(keys) ?? 0) + count);
  }
  return lookUps;
}

function lookUpsIn(route: Route, tier: number): number {
  return route.reduce((sum, visit) => {
    const own = visit.tier === tier && visit.lookup?.hitRatio === null ? 1 : 0;
    const missed = (visit.lookup ? 1 - (visit.lookup.hitRatio ?? 0) : 0) * lookUpsIn(visit.lookup?.onMiss ?? [], tier);
    return sum + visit.times * (own + lookUpsIn(visit.nested, tier) + missed);
  }, 0);
}

/** Catalogues that share one cache, each asked for with its share of the requests. */
function mixed(parts: readonly { readonly keySpace: KeySpace; readonly share: number }[]): Popularity {
  const each = parts.map(({ keySpace: { count, exponent }, share }) => ({ ...zipfPopularity(count, exponent), share }));
  return {
    objects: each.reduce((sum, { objects }) => sum + objects, 0),
    probabilities: Float64Array.from(
      each.flatMap(({ probabilities, share }) => Array.from(probabilities, (p) => p * share)),
    ),
    counts: Float64Array.from(each.flatMap(({ counts }) => Array.from(counts))),
  };
}
