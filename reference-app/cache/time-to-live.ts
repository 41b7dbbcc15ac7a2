/** How sought-after a product is; the database knows (column `demand`). */
export type Demand = 'popular' | 'regular' | 'new';

/** Seconds a product stays cached: 1 h for the popular, 30 min for the regular, 5 min for new ones, which still change. */
export const PRODUCT_TTL_S: Readonly<Record<Demand, number>> = { popular: 3_600, regular: 1_800, new: 300 };

/** Seconds a page of results stays cached: 10 min for popular queries, 5 min for rare ones, 1 min when nothing was found. */
export const SEARCH_TTL_S = { popular: 600, rare: 300, empty: 60 } as const;

/** Seconds a page of the catalogue stays cached: as long as a rare query. */
export const LIST_TTL_S = 300;

/** Seconds a cart stays cached after its last change or reading from the database. */
export const CART_TTL_S = 3_600;

/** Seconds an address book stays cached: it is seldom changed, and then invalidated. */
export const ADDRESSES_TTL_S = 7 * 86_400;

/** Seconds a page of reviews stays cached: so long after being written, at most, a review appears. */
export const REVIEWS_TTL_S = 2;

/** Seconds recommendations stay cached: what was bought together changes slowly, and is dear to count. */
export const RECOMMENDATIONS_TTL_S = 600;

/** Below this many pieces a count is watched more closely. */
const LOW_STOCK = 10;

/** Seconds a count of stock stays cached: 1 min, 10 s while there are few left, 5 min when there are none. */
export function inventoryTtl_s(stock: number): number {
  if (stock === 0) return 300;
  return stock < LOW_STOCK ? 10 : 60;
}

/** Up to this fraction is taken off a time to live, so that what was stored together does not expire together. */
const JITTER = 0.1;

/** A time to live with its jitter: between 90 % and 100 % of `ttl_s`, in whole seconds. `random` is in [0, 1). */
export function withJitter(ttl_s: number, random: number = Math.random()): number {
  return Math.max(1, Math.ceil(ttl_s * (1 - JITTER * random)));
}
