import { createRandom } from './random.ts';

/** Past orders per user: enough that a history has something to show. */
const ORDERS_PER_USER = 2;
const ITEMS_MAX = 3;
const METHODS = ['CARD', 'UPI', 'COD'] as const;

export interface SeedOrder {
  readonly id: number;
  readonly userId: number;
  readonly method: string;
  readonly total_cents: number;
  readonly items: readonly { readonly productId: number; readonly quantity: number; readonly price_cents: number }[];
}

/** Delivered and paid orders of the past; popular products more often. `prices_cents` is indexed by product id. */
export function* makeOrders(seed: number, users: number, prices_cents: readonly number[]): Generator<SeedOrder> {
  const random = createRandom(seed + 3);
  const products = prices_cents.length - 1;
  for (let id = 1; id <= (products === 0 ? 0 : users * ORDERS_PER_USER); id += 1) {
    const items = new Map<number, { productId: number; quantity: number; price_cents: number }>();
    for (let n = 1 + random.whole(ITEMS_MAX); n > 0; n -= 1) {
      // The square of a uniform number leans towards the popular end.
      const productId = 1 + Math.floor(products * random.fraction() ** 2);
      items.set(productId, { productId, quantity: 1 + random.whole(3), price_cents: prices_cents[productId] ?? 0 });
    }
    const lines = [...items.values()];
    const total_cents = lines.reduce((sum, line) => sum + line.quantity * line.price_cents, 0);
    yield { id, userId: 1 + ((id - 1) % users), method: random.pick(METHODS), total_cents, items: lines };
  }
}
