import type { Cache } from '../cache/cache.ts';
import type { Queries, Statement } from '../database/database.ts';
import { inventoryKey } from '../products/keys.ts';
import { reserved, type Line, type Reserved } from './stock.ts';

/** How long stock is held for an order that nobody has confirmed; confirming takes the stock worker seconds. */
export const HOLD_S = 900;

const RESERVE: Statement = {
  name: 'reserve-stock',
  kind: 'write',
  text: 'SELECT outcome, lacking FROM reserve_stock($1, $2::bigint[], $3::integer[], make_interval(secs => $4::float8))',
};
const CONFIRM: Statement = {
  name: 'confirm-stock',
  kind: 'write',
  text: 'SELECT confirm_stock($1, $2, $3::bigint[], $4::integer[]) AS outcome',
};
const RELEASE: Statement = { name: 'release-stock', kind: 'write', text: 'SELECT release_stock($1, $2) AS released' };
const LINES: Statement = {
  name: 'read-reservation-lines',
  kind: 'read',
  text: 'SELECT product_id AS id FROM reservation_items WHERE reservation_id = $1',
};
const EXPIRE: Statement = { name: 'expire-stock', kind: 'write', text: 'SELECT expire_stock() AS expired' };
const SET: Statement = {
  name: 'set-stock',
  kind: 'write',
  text: 'UPDATE stock SET stock_quantity = $2 WHERE product_id = $1 RETURNING product_id AS id',
};

/** Reservations as the inventory service keeps them: see inventory-service.sql for what each step means. */
export class ReservationStore {
  readonly #database: Queries;
  readonly #cache: Cache;
  readonly #hold_s: number;

  constructor(database: Queries, cache: Cache, hold_s: number = HOLD_S) {
    this.#database = database;
    this.#cache = cache;
    this.#hold_s = hold_s;
  }

  async reserve(reservationId: string, lines: readonly Line[]): Promise<Reserved> {
    const values = [reservationId, ...columns(lines), this.#hold_s];
    const row = await this.#database.queryOne<{ outcome: string; lacking: string | null }>(RESERVE, values);
    this.#forget(lines.map((line) => line.productId));
    const lacking: unknown = row.lacking === null ? null : JSON.parse(row.lacking);
    return reserved.parse({ outcome: row.outcome, lacking });
  }

  async confirm(reservationId: string, orderId: number, lines: readonly Line[]): Promise<string> {
    const values = [reservationId, orderId, ...columns(lines)];
    return (await this.#database.queryOne<{ outcome: string }>(CONFIRM, values)).outcome;
  }

  async release(reservationId: string, final: boolean): Promise<void> {
    const { released } = await this.#database.queryOne<{ released: boolean }>(RELEASE, [reservationId, final]);
    if (!released) return;
    const rows = await this.#database.query<{ id: string }>(LINES, [reservationId]);
    this.#forget(rows.map((row) => Number(row.id)));
  }

  /** Gives one expired reservation back; false when there is none. */
  async expireOne(): Promise<boolean> {
    return (await this.#database.queryOne<{ expired: boolean }>(EXPIRE, [])).expired;
  }

  async set(productId: number, stock: number): Promise<boolean> {
    const rows = await this.#database.query(SET, [productId, stock]);
    await this.#cache.invalidate(inventoryKey(productId));
    return rows.length > 0;
  }

  #forget(productIds: readonly number[]): void {
    for (const productId of productIds) this.#cache.forget(inventoryKey(productId));
  }
}

function columns(lines: readonly Line[]): [products: number[], quantities: number[]] {
  return [lines.map((line) => line.productId), lines.map((line) => line.quantity)];
}
