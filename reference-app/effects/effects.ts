import { z } from 'zod';
import type { Cache } from '../cache/cache.ts';
import type { Queries, Statement } from '../database/database.ts';
import type { Counts } from '../metrics/metrics.ts';
import { stockLine, type RemoteStock } from '../inventory/stock.ts';
import { inventoryKey, productKey } from '../products/keys.ts';
import type { ThirdParties } from '../third-party/third-parties.ts';
import type { Mailboxes } from '../users/mailboxes.ts';
import type { ShopEvent, Worker } from './event.ts';

interface OrderFacts {
  readonly had: boolean;
  /** Whether products, stock, payments and users are other services'. */
  readonly standsAlone: boolean;
  readonly userId: string;
  /** Null where the user service has it. */
  readonly email: string | null;
  readonly address: string;
  readonly status: string;
  readonly method: string;
  readonly paymentStatus: string;
  /** A bigint: the driver hands it over as text. */
  readonly amountCents: string;
  readonly products: readonly string[];
}

const READ_FACTS: Statement = {
  name: 'read-order-facts',
  kind: 'read',
  text: `SELECT EXISTS (SELECT FROM inbox WHERE worker = $2 AND event_id = $3) AS had, stands_alone() AS "standsAlone", email_of(o.user_id) AS email, o.shipping_address AS address,
                o.user_id AS "userId", o.status, p.payment_method AS method, p.status AS "paymentStatus", p.amount_cents AS "amountCents",
                ARRAY (SELECT product_id FROM order_items i WHERE i.order_id = o.order_id) AS products
           FROM orders o JOIN payments p USING (order_id) WHERE o.order_id = $1`,
};
/** What the inventory service knows of an order; seeded orders never had a reservation. */
const READ_RESERVATION: Statement = {
  name: 'read-reservation',
  kind: 'read',
  text: `SELECT o.reservation_id AS "reservationId",
                (SELECT json_agg(json_build_object('productId', i.product_id, 'quantity', i.quantity) ORDER BY i.product_id)
                   FROM order_items i WHERE i.order_id = o.order_id) AS lines
           FROM orders o WHERE o.order_id = $1`,
};
const CANCEL_ORDER: Statement = {
  name: 'cancel-lost-order',
  kind: 'write',
  text: 'SELECT outcome FROM cancel_order($1, NULL, true)',
};
const WAS_CONFIRMED: Statement = {
  name: 'was-confirmed',
  kind: 'read',
  text: `SELECT EXISTS (SELECT FROM order_events WHERE order_id = $1 AND status = 'CONFIRMED') AS confirmed`,
};
/** Ids of events begin where the database was loaded, in microseconds since 1970; 0 for one that nobody loaded. */
const READ_FIRST_EVENT: Statement = {
  name: 'read-first-event',
  kind: 'read',
  text: 'SELECT coalesce((SELECT (extract(epoch FROM loaded_at) * 1e6)::bigint FROM seed_info), 0) AS first',
};
const FINISH: Statement = { name: 'finish-effect', kind: 'write', text: 'SELECT finish_effect($1, $2) AS first' };
const FINISH_PAYMENT: Statement = {
  name: 'finish-payment',
  kind: 'write',
  text: 'SELECT finish_payment($1, $2, $3, $4) AS first',
};
const FINISH_REFUND: Statement = {
  name: 'finish-refund',
  kind: 'write',
  text: 'SELECT finish_refund($1, $2) AS first',
};
const FINISH_SHIPPING: Statement = {
  name: 'finish-shipping',
  kind: 'write',
  text: 'SELECT finish_shipping($1, $2, $3) AS first',
};
const FINISH_NOTIFICATION: Statement = {
  name: 'finish-notification',
  kind: 'write',
  text: 'SELECT finish_notification($1, $2, $3) AS first',
};

export interface EffectsDeps {
  readonly database: Queries;
  readonly cache: Cache;
  readonly thirdParties: ThirdParties;
  readonly counts: Counts;
  /** The inventory service's; absent where the stock changes with the order. */
  readonly stock?: RemoteStock | undefined;
  /** The user service's; absent where the order's facts say it. */
  readonly mailboxes?: Mailboxes | undefined;
}

/**
 * What workers do. Each effect happens once however often its event comes: the third party is called with the event's id as
 * its key, and the change in the database is one transaction with the note in the inbox that it was made.
 */
export class Effects {
  readonly #deps: EffectsDeps;
  #firstEvent: number | undefined;

  constructor(deps: EffectsDeps) {
    this.#deps = deps;
  }

  /** Does a worker's part of an event. Throws when it could not be done and should be tried again. */
  async perform(worker: Worker, event: ShopEvent): Promise<void> {
    if (await this.#isForeign(event)) return this.#deps.counts.effect(worker, 'foreign');
    const facts = await this.#facts(worker, event);
    const first = !facts.had && (await this[worker](event, facts));
    this.#deps.counts.effect(worker, first ? 'done' : 'duplicate');
  }

  /** Queues outlive databases: an event from before this one was loaded is of an order that only shares its number. */
  async #isForeign({ eventId }: ShopEvent): Promise<boolean> {
    this.#firstEvent ??= Number((await this.#deps.database.queryOne<{ first: string }>(READ_FIRST_EVENT, [])).first);
    return eventId < this.#firstEvent;
  }

  async close(): Promise<void> {
    await this.#deps.thirdParties.close();
  }

  async #facts(worker: Worker, { eventId, orderId }: ShopEvent): Promise<OrderFacts> {
    return await this.#deps.database.queryOne<OrderFacts>(READ_FACTS, [orderId, worker, eventId]);
  }

  async #finish(statement: Statement, values: unknown[]): Promise<boolean> {
    return (await this.#deps.database.queryOne<{ first: boolean }>(statement, values)).first;
  }

  private async payment(event: ShopEvent, facts: OrderFacts): Promise<boolean> {
    const { eventId, orderId, kind } = event;
    const { thirdParties } = this.#deps;
    // There the order service's errands ask for charges and refunds.
    if (facts.standsAlone) return await this.#finish(FINISH, ['payment', eventId]);
    // An order is charged once and refunded once, whichever of its events asks for it: the order is the key, not the event.
    const charge = { orderId, amountCents: Number(facts.amountCents), method: facts.method };
    if (kind !== 'order.placed') {
      if (facts.paymentStatus === 'SUCCESS') await thirdParties.refund(`refund-${orderId}`, charge);
      return await this.#finish(FINISH_REFUND, [eventId, orderId]);
    }
    // One that was cancelled meanwhile is not charged.
    if (facts.status === 'CANCELLED') return await this.#finish(FINISH, ['payment', eventId]);
    if (facts.method === 'COD') return await this.#finish(FINISH_PAYMENT, [eventId, orderId, null, true]);
    const { paid, transactionId } = await thirdParties.charge(`charge-${orderId}`, charge);
    return await this.#finish(FINISH_PAYMENT, [eventId, orderId, transactionId, paid]);
  }

  private async email(event: ShopEvent, facts: OrderFacts): Promise<boolean> {
    const to = facts.email ?? (await this.#deps.mailboxes?.emailOf(Number(facts.userId))) ?? null;
    if (to === null) throw new Error('nobody knows where the letter goes');
    const letter = { orderId: event.orderId, to, template: event.kind };
    await this.#deps.thirdParties.sendEmail(keyOf('email', event), letter);
    return await this.#finish(FINISH, ['email', event.eventId]);
  }

  /** Stock itself changes with the order, or is reserved by it; what follows is what caches say of it. */
  private async stock(event: ShopEvent, facts: OrderFacts): Promise<boolean> {
    const { cache, stock } = this.#deps;
    if (facts.standsAlone) await this.#settleReservation(stock, event, facts);
    for (const product of facts.products) cache.forget(inventoryKey(Number(product)));
    if (event.kind === 'order.cancelled') {
      await Promise.all(facts.products.map((product) => cache.invalidate(productKey(Number(product)))));
    }
    return await this.#finish(FINISH, ['stock', event.eventId]);
  }

  /** An order that stands keeps what is reserved for it, one that does not gives it back for good, in whichever order events come. */
  async #settleReservation(
    stock: RemoteStock | undefined,
    { orderId, kind }: ShopEvent,
    facts: OrderFacts,
  ): Promise<void> {
    if (stock === undefined) throw new Error('nobody said where the inventory service is');
    type Row = { reservationId: string | null; lines: unknown };
    const { reservationId, lines } = await this.#deps.database.queryOne<Row>(READ_RESERVATION, [orderId]);
    if (reservationId === null) return;
    if (kind === 'order.cancelled' || facts.status === 'CANCELLED') {
      await stock.release(reservationId, true);
      return;
    }
    const outcome = await stock.confirm(reservationId, orderId, z.array(stockLine).parse(lines));
    // Nobody confirmed it in time, and what it held was sold: there is nothing to send.
    if (outcome === 'lost') await this.#deps.database.query(CANCEL_ORDER, [orderId]);
  }

  private async notification(event: ShopEvent): Promise<boolean> {
    return await this.#finish(FINISH_NOTIFICATION, [event.eventId, event.orderId, event.kind]);
  }

  private async shipping(event: ShopEvent, facts: OrderFacts): Promise<boolean> {
    if (facts.status !== 'CONFIRMED') return await this.#finish(FINISH, ['shipping', event.eventId]);
    const parcel = { orderId: event.orderId, address: facts.address };
    const { trackingId } = await this.#deps.thirdParties.createLabel(keyOf('shipping', event), parcel);
    return await this.#finish(FINISH_SHIPPING, [event.eventId, event.orderId, trackingId]);
  }

  /**
   * An order that was confirmed has an invoice; when it is cancelled after that, a credit note. Both are booked whichever event
   * comes first: they balance.
   */
  private async accounting({ eventId, orderId, kind }: ShopEvent, facts: OrderFacts): Promise<boolean> {
    const { database, thirdParties } = this.#deps;
    const amountCents = Number(facts.amountCents);
    if (kind === 'order.confirmed') {
      await thirdParties.book(`invoice-${orderId}`, { orderId, amountCents, kind: 'invoice' });
    } else if ((await database.queryOne<{ confirmed: boolean }>(WAS_CONFIRMED, [orderId])).confirmed) {
      await thirdParties.book(`credit-note-${orderId}`, { orderId, amountCents, kind: 'credit-note' });
    }
    return await this.#finish(FINISH, ['accounting', eventId]);
  }
}

/** Under which key a third party knows what we ask: the same each time this event comes. */
function keyOf(worker: Worker, { eventId, orderId }: ShopEvent): string {
  return `${worker}-${orderId}-${eventId}`;
}
