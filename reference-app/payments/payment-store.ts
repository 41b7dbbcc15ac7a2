import type { Queries, Statement } from '../database/database.ts';
import { ThirdPartyError, type ThirdParties } from '../third-party/third-parties.ts';
import type { Charged, PaymentRequest, Refunded } from './payments.ts';
import type { Settlement } from './settlement.ts';

type Status = 'PENDING' | 'SUCCESS' | 'FAILED' | 'REFUNDED' | 'CANCELLED';

const OPEN: Statement = {
  name: 'open-payment',
  kind: 'write',
  text: 'SELECT status, transaction_id AS "transactionId" FROM open_payment($1, $2, $3)',
};
const SETTLE: Statement = {
  name: 'settle-account',
  kind: 'write',
  text: 'SELECT settle_account($1, $2, $3) AS status',
};
const WANT_REFUND: Statement = { name: 'want-refund', kind: 'write', text: 'SELECT want_refund($1, $2, $3) AS status' };
const DUE_REFUNDS: Statement = {
  name: 'due-refunds',
  kind: 'write',
  text: `SELECT order_id AS "orderId", amount_cents AS "amountCents", payment_method AS method FROM payments
          WHERE refund_wanted AND status = 'SUCCESS' ORDER BY order_id LIMIT 20`,
};
const REFUNDED: Statement = {
  name: 'note-refund',
  kind: 'write',
  text: `UPDATE payments SET status = 'REFUNDED' WHERE order_id = $1 AND status = 'SUCCESS'`,
};

/** The accounts of the payment service. The provider knows each order under one key: it charges and refunds once. */
export class PaymentStore implements Settlement {
  readonly #database: Queries;
  readonly #provider: Pick<ThirdParties, 'charge' | 'refund'>;

  constructor(database: Queries, provider: Pick<ThirdParties, 'charge' | 'refund'>) {
    this.#database = database;
    this.#provider = provider;
  }

  /** Charges an order, or tells how its charge went. */
  async charge(request: PaymentRequest): Promise<Charged> {
    const { orderId, amountCents, method } = request;
    const values = [orderId, amountCents, method];
    const open = await this.#database.queryOne<{ status: Status; transactionId: string | null }>(OPEN, values);
    if (open.status !== 'PENDING') return { outcome: OUTCOMES[open.status], transactionId: open.transactionId };
    if (method === 'COD') return { outcome: 'on_delivery', transactionId: null };
    try {
      const { paid, transactionId } = await this.#provider.charge(`charge-${orderId}`, request);
      const status = await this.#settle(orderId, transactionId, paid);
      return { outcome: OUTCOMES[status], transactionId };
    } catch (error) {
      if (!(error instanceof ThirdPartyError)) throw error;
      return { outcome: 'waiting', transactionId: null };
    }
  }

  /** Notes that the money is wanted back, and gives it back if it was paid. What is paid later is given back then. */
  async refund(request: PaymentRequest): Promise<Refunded> {
    const { orderId, amountCents, method } = request;
    const { status } = await this.#database.queryOne<{ status: Status }>(WANT_REFUND, [orderId, amountCents, method]);
    if (status === 'REFUNDED') return { outcome: 'refunded' };
    if (status !== 'SUCCESS') return { outcome: 'nothing_paid' };
    try {
      await this.#giveBack(request);
      return { outcome: 'refunded' };
    } catch (error) {
      if (!(error instanceof ThirdPartyError)) throw error;
      return { outcome: 'waiting' };
    }
  }

  /** What the provider tells by itself. The order service hears of it when it asks next. */
  async settle(orderId: number, transactionId: string, paid: boolean): Promise<void> {
    await this.#settle(orderId, transactionId, paid);
  }

  /** Makes refunds that nobody waits for. False when there are no more to try now. */
  async refundDue(): Promise<boolean> {
    const rows = await this.#database.query<{ orderId: string; amountCents: string; method: string }>(DUE_REFUNDS, []);
    for (const { orderId, amountCents, method } of rows) {
      await this.#giveBack({ orderId: Number(orderId), amountCents: Number(amountCents), method });
    }
    return rows.length > 0;
  }

  async #settle(orderId: number, transactionId: string, paid: boolean): Promise<Status> {
    const values = [orderId, transactionId, paid];
    return (await this.#database.queryOne<{ status: Status }>(SETTLE, values)).status;
  }

  async #giveBack(charge: { orderId: number; amountCents: number; method: string }): Promise<void> {
    await this.#provider.refund(`refund-${charge.orderId}`, charge);
    await this.#database.query(REFUNDED, [charge.orderId]);
  }
}

const OUTCOMES = {
  PENDING: 'waiting',
  SUCCESS: 'paid',
  FAILED: 'declined',
  REFUNDED: 'cancelled',
  CANCELLED: 'cancelled',
} as const satisfies Record<Status, Charged['outcome']>;
