import type { Queries, Statement } from '../database/database.ts';
import type { OrderEvents } from '../orders/order-store.ts';

/** Where the news of a charge go. Telling twice changes nothing. */
export interface Settlement {
  settle(orderId: number, transactionId: string, paid: boolean): Promise<void>;
}

/** Settling twice changes nothing, so neither do a webhook that comes twice and the answer that the charge itself had. */
const SETTLE: Statement = { name: 'settle-payment', kind: 'write', text: 'SELECT settle_payment($1, $2, $3)' };

/** Where orders and payments are in one database, the order goes on in the same transaction. */
export class OrderSettlement implements Settlement {
  readonly #database: Queries;
  readonly #events: OrderEvents | undefined;

  constructor(database: Queries, events: OrderEvents | undefined) {
    this.#database = database;
    this.#events = events;
  }

  async settle(orderId: number, transactionId: string, paid: boolean): Promise<void> {
    await this.#database.query(SETTLE, [orderId, transactionId, paid]);
    await this.#events?.committed(orderId);
  }
}
