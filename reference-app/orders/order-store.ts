import type { CartStore } from '../cart/cart-store.ts';
import type { Owned, Queries, Statement } from '../database/database.ts';
import { notFound, Problem } from '../http/problem.ts';
import type { Counts } from '../metrics/metrics.ts';
import type { ProductStore } from '../products/product-store.ts';
import type { OrderRequest } from './order-request.ts';
import type { RecentOrders } from './recent-orders.ts';

type Outcome = 'placed' | 'replayed' | 'key_reused' | 'cart_empty' | 'no_product' | 'out_of_stock';

interface PlacedRow {
  readonly outcome: Outcome;
  readonly orderId: string | null;
  readonly ordered: readonly string[] | null;
  readonly body: string | null;
  readonly soldOut: readonly string[];
  readonly cartVersion: string | null;
  readonly cartBody: string | null;
}

/** One statement, one transaction, one round trip: see `place_order` in schema/monolith.sql. */
const PLACE_ORDER: Statement = {
  name: 'place-order',
  kind: 'write',
  text: `SELECT outcome, order_id AS "orderId", body, ordered, sold_out AS "soldOut", cart_version AS "cartVersion",
                cart_body AS "cartBody"
           FROM place_order($1, $2::bigint[], $3::integer[], $4, $5, $6, $7, make_interval(secs => $8::float8))`,
};
const CANCEL_ORDER: Statement = {
  name: 'cancel-order',
  kind: 'write',
  text: 'SELECT outcome, body, restocked FROM cancel_order($1, $2, $3)',
};
const READ_TRACKING: Statement = { name: 'read-tracking', kind: 'read', text: 'SELECT read_tracking($1, $2) AS body' };
const DELIVER_ORDER: Statement = { name: 'deliver-order', kind: 'write', text: 'SELECT deliver_order($1) AS body' };
const READ_ORDER: Statement = { name: 'read-order', kind: 'read', text: 'SELECT read_order($1, $2) AS body' };
const LIST_ORDERS: Statement = {
  name: 'list-orders',
  kind: 'read',
  text: `SELECT order_id AS id, json_build_object('orderId', order_id, 'status', status, 'totalCents', total_cents,
                                                  'createdAt', created_at)::text AS body
           FROM orders WHERE user_id = $1 AND order_id < $2 ORDER BY order_id DESC LIMIT $3`,
};

interface CancelledRow {
  readonly outcome: 'cancelled' | 'already_cancelled' | 'too_late' | 'no_order';
  readonly body: string | null;
  readonly restocked: readonly string[];
}

/** Carries on what follows from an order: through a queue, or at once. */
export interface OrderEvents {
  /** For how long whoever committed an event keeps it to itself before others may carry it on. */
  readonly hold_s: number;
  /** Called after the commit. Never rejects: what fails now is carried on later. */
  committed(orderId: number): Promise<void>;
}

/** How an order comes about: in one transaction, or over several services. */
export interface Placing {
  /** Places an order, or finds the one already placed under the same key. Throws a `Problem` (404, 409, 503) when it cannot be. */
  place(userId: number, request: OrderRequest): Promise<{ body: string; replayed: boolean }>;
}

export interface OrderStoreDeps {
  readonly database: Queries;
  readonly counts: Counts;
  /** Who carries events on, if anybody does. */
  readonly events: OrderEvents | undefined;
  /** Present with the strategy cache-after-write. */
  readonly recent: RecentOrders | undefined;
  readonly carts: CartStore;
  readonly products: ProductStore;
}

/** Orders are cached at most for the seconds that a replica may lag (`recent`): they are read seldom and must be right. */
export class OrderStore implements Placing {
  readonly #deps: OrderStoreDeps;

  constructor(deps: OrderStoreDeps) {
    this.#deps = deps;
  }

  /** In one transaction. */
  async place(userId: number, request: OrderRequest): Promise<{ body: string; replayed: boolean }> {
    const { items, paymentMethod, shippingAddress, idempotencyKey, fingerprint } = request;
    const row = await this.#deps.database.queryOne<PlacedRow>(
      PLACE_ORDER,
      [
        userId,
        items === null ? null : [...items.keys()],
        items === null ? null : [...items.values()],
        paymentMethod,
        shippingAddress,
        idempotencyKey,
        fingerprint,
        this.#deps.events?.hold_s ?? null,
      ],
      { owner: userId },
    );
    if (row.outcome === 'replayed') return { body: row.body ?? '', replayed: true };
    if (row.outcome !== 'placed') throw refusal(row.outcome, row.body, this.#deps.counts);
    this.#deps.counts.ordersPlaced += 1;
    await this.#followUp(userId, row);
    await this.#deps.recent?.keep(userId, Number(row.orderId), row.body ?? '');
    await this.#deps.events?.committed(Number(row.orderId));
    return { body: row.body ?? '', replayed: false };
  }

  /** One order of this user as JSON, or null. */
  async read(userId: number, orderId: number): Promise<string | Buffer | null> {
    const { database, recent } = this.#deps;
    const kept = (await recent?.read(userId, orderId)) ?? null;
    if (kept !== null) return kept;
    const own = { owner: userId, complete: hasBody };
    return (await database.queryOne<{ body: string | null }>(READ_ORDER, [orderId, userId], own)).body;
  }

  /** Cancels an order of this user (of anybody, for staff: null). Repeating it changes nothing. Throws a 404 or 409 `Problem`. */
  async cancel(userId: number | null, orderId: number): Promise<string> {
    const { database, events, products, counts } = this.#deps;
    const values = [orderId, userId, events !== undefined];
    const row = await database.queryOne<CancelledRow>(CANCEL_ORDER, values, ownOf(userId));
    if (row.outcome === 'no_order') throw notFound('order');
    if (row.outcome === 'too_late') throw new Problem(409, 'TOO_LATE', 'the order has been shipped already');
    if (row.outcome === 'cancelled') {
      counts.ordersCancelled += 1;
      await Promise.all(row.restocked.map((productId) => products.invalidate(Number(productId))));
      if (userId !== null) await this.#deps.recent?.keep(userId, orderId, row.body ?? '');
      await events?.committed(orderId);
    }
    return row.body ?? '';
  }

  /** Where an order of this user (of anybody: null) is and how it got there, or null. */
  async track(userId: number | null, orderId: number): Promise<string | null> {
    const values = [orderId, userId];
    const own = userId === null ? undefined : { owner: userId, complete: hasBody };
    return (await this.#deps.database.queryOne<{ body: string | null }>(READ_TRACKING, values, own)).body;
  }

  /** Notes that a shipped order has arrived. Throws a 409 `Problem` when it was not on its way. */
  async deliver(orderId: number): Promise<string> {
    const { body } = await this.#deps.database.queryOne<{ body: string | null }>(DELIVER_ORDER, [orderId]);
    if (body === null) throw new Problem(409, 'NOT_SHIPPED', 'the order is not on its way');
    return body;
  }

  /** A page of this user's orders, the latest first, from below the order id `before`. */
  async list(userId: number, limit: number, before: number): Promise<string> {
    // Only the first page can lack an order that was just placed.
    const first = before === Number.MAX_SAFE_INTEGER;
    const newest = first ? ((await this.#deps.recent?.newest(userId)) ?? null) : null;
    const rows = await this.#deps.database.query<{ id: string; body: string }>(
      LIST_ORDERS,
      [userId, before, limit + 1],
      { owner: userId, complete: (rows) => newest === null || rows.some((row) => Number(row.id) >= newest) },
    );
    const page = rows.slice(0, limit);
    const next = rows.length > limit ? (page.at(-1)?.id ?? null) : null;
    return `{"orders":[${page.map((row) => row.body).join(',')}],"nextCursor":${JSON.stringify(next)}}`;
  }

  /** Brings the cache up to what was committed: sold-out products, and the cart when it was ordered. */
  async #followUp(userId: number, row: PlacedRow): Promise<void> {
    for (const productId of row.ordered ?? []) this.#deps.products.stockChanged(Number(productId));
    await Promise.all(row.soldOut.map((productId) => this.#deps.products.invalidate(Number(productId))));
    if (row.cartVersion === null || row.cartBody === null) return;
    await this.#deps.carts.keep(userId, { version: Number(row.cartVersion), body: row.cartBody });
  }
}

/** Why an order is not placed, as the client hears it. `body` is the list of what lacks, as JSON. */
export function refusal(
  outcome: Exclude<Outcome, 'placed' | 'replayed'>,
  body: string | null,
  counts: Counts,
): Problem {
  const lacking: unknown = body === null ? undefined : JSON.parse(body);
  if (outcome === 'out_of_stock') {
    counts.ordersOutOfStock += 1;
    return new Problem(409, 'OUT_OF_STOCK', 'not enough in stock', { details: lacking });
  }
  if (outcome === 'no_product') return new Problem(404, 'NOT_FOUND', 'no such product', { details: lacking });
  if (outcome === 'cart_empty') return new Problem(409, 'CART_EMPTY', 'the cart is empty');
  return new Problem(409, 'IDEMPOTENCY_KEY_REUSED', 'this Idempotency-Key belongs to a different order');
}

function ownOf<Row>(userId: number | null): Owned<Row> | undefined {
  return userId === null ? undefined : { owner: userId };
}

/** A replica that has not heard of an order yet says there is none. */
function hasBody([row]: readonly { body: string | null }[]): boolean {
  return row?.body !== null;
}
