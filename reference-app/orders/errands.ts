import { z } from 'zod';
import type { Database, Statement } from '../database/database.ts';
import type { ServiceClient } from '../internal/service-client.ts';
import { QuietLog, type Log } from '../log.ts';
import { paymentRequest, type PaymentRequest, type RemotePayments } from '../payments/payments.ts';
import { tellPurchase } from '../recommendations/purchases.ts';
import { Rounds, type Background } from '../rounds.ts';
import type { OrderEvents } from './order-store.ts';

/** What is asked of other services because of an order: see the table `errands` in schema/order-service.sql. */
export type ErrandKind = 'charge' | 'refund' | 'recommend';

/** Longer than an attempt can take; whoever has not finished by then has died. */
export const ERRAND_HOLD_S = 10;
const LOOK_EVERY_MS = 1_000;
const AT_A_TIME = 20;
/** Waits double up to this: money is asked for until there is an answer. */
const WAIT_MAX_S = 60;

interface Errand {
  readonly errandId: string;
  readonly kind: ErrandKind;
  readonly orderId: string;
}

const CLAIM: Statement = {
  name: 'claim-errands',
  kind: 'write',
  text: `UPDATE errands SET due_at = now() + interval '${ERRAND_HOLD_S} s', attempts = attempts + 1
          WHERE errand_id IN (SELECT errand_id FROM errands WHERE due_at <= now() ORDER BY due_at LIMIT ${AT_A_TIME} FOR UPDATE SKIP LOCKED)
         RETURNING errand_id AS "errandId", kind, order_id AS "orderId"`,
};
const DONE: Statement = { name: 'errand-done', kind: 'write', text: 'DELETE FROM errands WHERE errand_id = $1' };
const LATER: Statement = {
  name: 'errand-later',
  kind: 'write',
  text: `UPDATE errands SET due_at = now() + make_interval(secs => least(power(2, least(attempts, 10)), ${WAIT_MAX_S})),
                last_error = $2 WHERE errand_id = $1`,
};
const READ_ORDER: Statement = {
  name: 'read-errand-order',
  kind: 'read',
  text: `SELECT json_build_object('orderId', o.order_id, 'amountCents', p.amount_cents, 'method', p.payment_method) AS payment,
                o.user_id AS "userId", ARRAY (SELECT product_id FROM order_items i WHERE i.order_id = o.order_id) AS products
           FROM orders o JOIN payments p USING (order_id) WHERE o.order_id = $1`,
};
const FINISH_CHARGE: Statement = {
  name: 'finish-charge',
  kind: 'write',
  text: 'SELECT finish_charge($1, $2, $3) AS body',
};
const FINISH_REFUND: Statement = {
  name: 'finish-errand-refund',
  kind: 'write',
  text: `UPDATE payments SET status = 'REFUNDED' WHERE order_id = $1 AND status IN ('SUCCESS', 'CANCELLED')`,
};

export interface ErrandsDeps {
  /** The primary. */
  readonly database: Database;
  readonly payments: RemotePayments;
  /** Absent: nobody recommends anything. */
  readonly recommendations: ServiceClient | undefined;
  readonly events: OrderEvents;
}

/**
 * Runs the order service's errands: charges, refunds and what is told of purchases. Each is tried until the other service has
 * answered, by whichever instance finds it due; all of them may be asked twice.
 */
export class Errands implements Background {
  readonly #deps: ErrandsDeps;
  readonly #rounds: Rounds;
  readonly #quiet: QuietLog;

  constructor(deps: ErrandsDeps, log: Log) {
    this.#deps = deps;
    this.#quiet = new QuietLog(log);
    const options = { every_ms: LOOK_EVERY_MS, failing: 'could not look for errands' };
    this.#rounds = new Rounds(() => this.#round(), options, log);
  }

  /** Which errands an order begins with. */
  get kinds(): ErrandKind[] {
    return this.#deps.recommendations === undefined ? ['charge'] : ['charge', 'recommend'];
  }

  start(): void {
    this.#rounds.start();
  }

  async stop(): Promise<void> {
    await this.#rounds.stop();
  }

  /** Asks for an order's charge. `body` is the order as it is then, unless nothing was settled. */
  async charge(request: PaymentRequest): Promise<{ done: boolean; body: string | null }> {
    const { database, payments, events } = this.#deps;
    const { orderId } = request;
    const { outcome, transactionId } = await payments.charge(request);
    if (outcome === 'waiting' || outcome === 'cancelled') return { done: outcome === 'cancelled', body: null };
    const values = [orderId, transactionId, outcome !== 'declined'];
    const { body } = await database.queryOne<{ body: string }>(FINISH_CHARGE, values);
    await events.committed(orderId);
    return { done: true, body };
  }

  async #round(): Promise<boolean> {
    const errands = await this.#deps.database.query<Errand>(CLAIM, []);
    await Promise.all(errands.map((errand) => this.#run(errand)));
    return errands.length === AT_A_TIME;
  }

  async #run(errand: Errand): Promise<void> {
    const { database } = this.#deps;
    try {
      const done = await this.#perform(errand);
      await database.query(done ? DONE : LATER, done ? [errand.errandId] : [errand.errandId, 'asked to come again']);
    } catch (error) {
      this.#quiet.warn(error, 'an errand is left for later');
      await database.query(LATER, [errand.errandId, String(error).slice(0, 500)]);
    }
  }

  /** Whether the other service has done its part. */
  async #perform({ kind, orderId }: Errand): Promise<boolean> {
    const { database, payments, recommendations } = this.#deps;
    const row = await database.queryOne<{ payment: unknown; userId: string; products: string[] }>(READ_ORDER, [
      orderId,
    ]);
    const payment = paymentRequest.parse(row.payment);
    if (kind === 'charge') return (await this.charge(payment)).done;
    if (kind === 'refund') {
      const { outcome } = await payments.refund(payment);
      if (outcome === 'refunded') await database.query(FINISH_REFUND, [orderId]);
      return outcome !== 'waiting';
    }
    if (recommendations === undefined) return true;
    const productIds = z.array(z.coerce.number()).parse(row.products);
    await tellPurchase(recommendations, { orderId: payment.orderId, userId: Number(row.userId), productIds });
    return true;
  }
}
