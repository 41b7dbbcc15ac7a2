import type { Cache } from '../cache/cache.ts';
import { CART_TTL_S } from '../cache/time-to-live.ts';
import type { Queries, Statement } from '../database/database.ts';
import type { Catalogue } from '../products/catalogue.ts';
import { pricedCart } from './priced-cart.ts';

export const CART_LINES_MAX = 100;

export type CartChange = 'add' | 'set' | 'remove';
export type CartOutcome = 'ok' | 'no_product' | 'cart_full' | 'too_many';

interface CartRow {
  /** A bigint: the driver hands it over as text. */
  readonly version: string;
  readonly body: string;
}

const READ_CART: Statement = { name: 'read-cart', kind: 'read', text: 'SELECT version, body FROM read_cart($1)' };
const CHANGE_CART: Statement = {
  name: 'change-cart',
  kind: 'write',
  text: `SELECT outcome, version, body FROM change_cart($1, $2, $3, $4, ${CART_LINES_MAX})`,
};

/** Where the product service has the products: it is asked whether there is such a one before the cart changes. */
const CHANGE_LINES: Statement = {
  name: 'change-cart-lines',
  kind: 'write',
  text: `SELECT outcome, version, body FROM change_cart($1, $2, $3, $4, ${CART_LINES_MAX}, false)`,
};

/**
 * Carts, written through: the database first (it is the truth), then the cache.
 *
 * Correct under concurrent changes because nothing is read, changed and written back outside the database: each change runs
 * there under the cart's lock and returns the whole cart with its version; the cache keeps a body only if it has no later
 * one. A reader that fills the cache from the database carries a version as well, so it cannot undo a newer write.
 */
export class CartStore {
  readonly #database: Queries;
  readonly #cache: Cache;
  readonly #catalogue: Catalogue | undefined;

  /** With a catalogue, the database has the lines of carts only, and names and prices come from there. */
  constructor(database: Queries, cache: Cache, catalogue?: Catalogue) {
    this.#database = database;
    this.#cache = cache;
    this.#catalogue = catalogue;
  }

  /** The cart as JSON. Names and prices in it may be as old as the cache allows; an order uses the current ones. */
  async read(userId: number): Promise<string | Buffer> {
    const cached = await this.#cache.getVersioned('cart', cartKey(userId));
    if (cached !== null) return cached;
    const row = await this.#database.queryOne<CartRow>(READ_CART, [userId], { owner: userId });
    return await this.keep(userId, { version: Number(row.version), body: row.body });
  }

  /** Changes one line; the body is the cart afterwards. */
  async change(
    userId: number,
    productId: number,
    quantity: number,
    how: CartChange,
  ): Promise<{ outcome: CartOutcome; body: string }> {
    if (this.#catalogue !== undefined && how !== 'remove') {
      const known = await this.#catalogue.facts([productId]);
      if (!known.has(productId)) return { outcome: 'no_product', body: '' };
    }
    const values = [userId, productId, quantity, how];
    const statement = this.#catalogue === undefined ? CHANGE_CART : CHANGE_LINES;
    const row = await this.#database.queryOne<CartRow & { outcome: CartOutcome }>(statement, values, { owner: userId });
    // An unknown product leaves the cart unread.
    if (row.outcome === 'no_product') return row;
    const body = await this.keep(userId, { version: Number(row.version), body: row.body });
    return { outcome: row.outcome, body };
  }

  /** Puts a cart that was read under its lock, or from one snapshot, into the cache. Returns it as the API does. */
  async keep(userId: number, { version, body }: { version: number; body: string }): Promise<string> {
    const complete = this.#catalogue === undefined ? body : await pricedCart(body, this.#catalogue);
    await this.#cache.storeVersioned(cartKey(userId), { version, body: complete }, CART_TTL_S);
    return complete;
  }
}

export function cartKey(userId: number): string {
  return `cart:v1:${userId}`;
}
