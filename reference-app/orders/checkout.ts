import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { cartLines } from '../cart/priced-cart.ts';
import type { CartStore } from '../cart/cart-store.ts';
import type { Queries, Statement } from '../database/database.ts';
import { unavailable, type Problem } from '../http/problem.ts';
import type { Line, RemoteStock } from '../inventory/stock.ts';
import { QuietLog, type Log } from '../log.ts';
import type { Counts } from '../metrics/metrics.ts';
import { paymentRequest } from '../payments/payments.ts';
import type { Catalogue } from '../products/catalogue.ts';
import { ERRAND_HOLD_S, type Errands } from './errands.ts';
import type { OrderRequest } from './order-request.ts';
import { refusal, type OrderEvents, type Placing } from './order-store.ts';
import type { RecentOrders } from './recent-orders.ts';

/** Times that an order is begun anew because the cart changed under it. */
const ATTEMPTS_MAX = 3;
/** An order that took longer than this to be written is given up: it must be long before its reservation expires. */
const RESERVED_MAX_MS = 30_000;

const placedOrder = z.object({ totalCents: z.int() });

interface BegunRow {
  readonly outcome: 'open' | 'replayed' | 'key_reused' | 'cart_empty';
  readonly body: string | null;
  readonly cartVersion: string | null;
  readonly cartLines: string | null;
}

interface AcceptedRow {
  readonly outcome: 'placed' | 'replayed' | 'key_reused' | 'cart_changed';
  readonly orderId: string | null;
  readonly body: string | null;
  readonly reservation: string | null;
  readonly cartVersion: string | null;
  readonly cartBody: string | null;
}

/** A write, so that it is the primary's: a replica may not have the cart, or the order that this one repeats. */
const BEGIN: Statement = {
  name: 'begin-order',
  kind: 'write',
  text: `SELECT outcome, body, cart_version AS "cartVersion", cart_lines AS "cartLines" FROM begin_order($1, $2, $3, $4)`,
};
const ACCEPT: Statement = {
  name: 'accept-order',
  kind: 'write',
  text: `SELECT outcome, order_id AS "orderId", body, reservation, cart_version AS "cartVersion", cart_body AS "cartBody"
           FROM accept_order($1, $2::bigint[], $3::integer[], $4::bigint[], $5, $6, $7, $8, $9, $10, $11::text[],
                             make_interval(secs => $12::float8), make_interval(secs => $13::float8))`,
};

interface Wanted {
  readonly lines: readonly Line[];
  readonly prices_cents: readonly number[];
  /** The version of the cart that is ordered, or null. */
  readonly cartVersion: string | null;
  readonly reservationId: string;
}

export interface CheckoutDeps {
  readonly database: Queries;
  readonly catalogue: Catalogue;
  readonly stock: RemoteStock;
  readonly errands: Errands;
  readonly events: OrderEvents;
  readonly recent: RecentOrders | undefined;
  readonly carts: CartStore;
  readonly counts: Counts;
}

/**
 * An order over several services. Prices are asked of the product service and stock is reserved at the inventory; then the order,
 * its event and its errands are one transaction here. From then on it stands: the charge is asked for at once, and again by the
 * errand if there is no answer. What is reserved for an order that does not come about is given back, or expires.
 */
export class Checkout implements Placing {
  readonly #deps: CheckoutDeps;
  readonly #quiet: QuietLog;

  constructor(deps: CheckoutDeps, log: Log) {
    this.#deps = deps;
    this.#quiet = new QuietLog(log);
  }

  async place(userId: number, request: OrderRequest): Promise<{ body: string; replayed: boolean }> {
    // Without a key, each request is an order of its own.
    const key = request.idempotencyKey ?? randomUUID();
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
      const begun = await this.#begin(userId, request);
      if (begun.outcome === 'replayed') return { body: begun.body ?? '', replayed: true };
      if (begun.outcome !== 'open') throw this.#refusal(begun.outcome);
      const wanted = await this.#price(userId, key, request, begun);
      const reserved_ms = performance.now();
      await this.#reserve(wanted);
      if (performance.now() - reserved_ms > RESERVED_MAX_MS) throw unavailable('the inventory service is too slow');
      const row = await this.#accept(userId, request, wanted);
      if (row.outcome === 'placed') return { body: await this.#followUp(userId, request, row), replayed: false };
      // The same request may have placed the order with this very reservation meanwhile.
      if (row.reservation !== wanted.reservationId) await this.#release(wanted.reservationId);
      if (row.outcome === 'replayed') return { body: row.body ?? '', replayed: true };
      if (row.outcome === 'key_reused') throw this.#refusal('key_reused');
    }
    throw unavailable('the cart keeps changing');
  }

  async #begin(userId: number, { idempotencyKey, fingerprint, items }: OrderRequest): Promise<BegunRow> {
    return await this.#deps.database.queryOne<BegunRow>(BEGIN, [userId, idempotencyKey, fingerprint, items === null]);
  }

  /** The lines in order of their ids, with the prices of now. Throws a 404 `Problem` when there is no such product. */
  async #price(userId: number, key: string, { items }: OrderRequest, begun: BegunRow): Promise<Wanted> {
    const given =
      items === null
        ? cartLines.parse(JSON.parse(begun.cartLines ?? '[]'))
        : Array.from(items, ([productId, quantity]) => ({ productId, quantity }));
    const lines = given.toSorted((a, b) => a.productId - b.productId);
    const facts = await this.#deps.catalogue.facts(lines.map((line) => line.productId));
    const unknown = lines.filter((line) => !facts.has(line.productId));
    if (unknown.length > 0) {
      const lacking = unknown.map(({ productId, quantity }) => ({ productId, requested: quantity, available: null }));
      throw this.#refusal('no_product', lacking);
    }
    const prices_cents = lines.map((line) => facts.get(line.productId)?.priceCents ?? 0);
    return { lines, prices_cents, cartVersion: begun.cartVersion, reservationId: reservationIdOf(userId, key, lines) };
  }

  async #reserve({ reservationId, lines }: Wanted): Promise<void> {
    const { outcome, lacking } = await this.#deps.stock.reserve(reservationId, lines);
    if (outcome === 'reserved') return;
    // The order under this key was cancelled in the moment since it was looked for.
    if (outcome === 'cancelled') throw unavailable('the order is being cancelled');
    const unknown = lacking?.some((line) => line.available === null) ?? false;
    throw this.#refusal(unknown ? 'no_product' : 'out_of_stock', lacking ?? []);
  }

  async #accept(userId: number, request: OrderRequest, wanted: Wanted): Promise<AcceptedRow> {
    const { database, errands, events } = this.#deps;
    const { paymentMethod, shippingAddress, idempotencyKey, fingerprint } = request;
    const values = [
      userId,
      wanted.lines.map((line) => line.productId),
      wanted.lines.map((line) => line.quantity),
      wanted.prices_cents,
      paymentMethod,
      shippingAddress,
      idempotencyKey,
      fingerprint,
      wanted.cartVersion,
      wanted.reservationId,
      errands.kinds,
      events.hold_s,
      ERRAND_HOLD_S,
    ];
    // When this fails, the order may still have been written: nothing is given back, and the reservation expires by itself.
    return await database.queryOne<AcceptedRow>(ACCEPT, values, { owner: userId });
  }

  /** The order as it is after its charge was asked for. It stands already, so nothing here may fail it. */
  async #followUp(userId: number, request: OrderRequest, row: AcceptedRow): Promise<string> {
    const { carts, counts, recent, events } = this.#deps;
    counts.ordersPlaced += 1;
    if (row.cartVersion !== null && row.cartBody !== null) {
      await carts.keep(userId, { version: Number(row.cartVersion), body: row.cartBody });
    }
    const placed = row.body ?? '';
    const orderId = Number(row.orderId);
    const body = await this.#charge(orderId, request.paymentMethod, placed);
    await recent?.keep(userId, orderId, body);
    await events.committed(orderId);
    return body;
  }

  async #charge(orderId: number, method: string, placed: string): Promise<string> {
    try {
      const { totalCents: amountCents } = placedOrder.parse(JSON.parse(placed));
      const { body } = await this.#deps.errands.charge(paymentRequest.parse({ orderId, amountCents, method }));
      return body ?? placed;
    } catch (error) {
      this.#quiet.warn(error, 'an order is to be charged later');
      return placed;
    }
  }

  async #release(reservationId: string): Promise<void> {
    try {
      await this.#deps.stock.release(reservationId, false);
    } catch (error) {
      this.#quiet.warn(error, 'a reservation is left to expire');
    }
  }

  #refusal(outcome: Parameters<typeof refusal>[0], lacking?: object): Problem {
    return refusal(outcome, lacking === undefined ? null : JSON.stringify(lacking), this.#deps.counts);
  }
}

/** The same for each repeat of a request, and another for other lines: SHA-256 in the form of a UUID (RFC 9562, version 8). */
function reservationIdOf(userId: number, key: string, lines: readonly Line[]): string {
  const text = JSON.stringify([userId, key, lines.map((line) => [line.productId, line.quantity])]);
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
