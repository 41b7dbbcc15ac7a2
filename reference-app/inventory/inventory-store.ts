import type { Cache } from '../cache/cache.ts';
import { CacheAside, type Loaded } from '../cache/cache-aside.ts';
import { inventoryTtl_s } from '../cache/time-to-live.ts';
import type { Queries, Statement } from '../database/database.ts';
import { notFound, Problem } from '../http/problem.ts';
import { inventoryKey } from '../products/keys.ts';
import type { ProductStore } from '../products/product-store.ts';

/** Where the stock is: with the product, or in the inventory service's own table. */
export type StockTable = 'products' | 'stock';

const READ_STOCK: Readonly<Record<StockTable, Statement>> = {
  products: readStock('products'),
  stock: readStock('stock'),
};
const CHANGE_PRODUCT: Statement = {
  name: 'change-product',
  kind: 'write',
  text: `UPDATE products SET price_cents = coalesce($2, price_cents), stock_quantity = coalesce($3, stock_quantity)
          WHERE product_id = $1 RETURNING stock_quantity AS stock, price_cents AS "priceCents"`,
};
const PICK_LINE: Statement = {
  name: 'pick-line',
  kind: 'write',
  text: 'SELECT outcome, picked_by AS "pickedBy", stock FROM pick_line($1, $2, $3, $4)',
};

interface PickedRow {
  readonly outcome: 'picked' | 'already_picked' | 'no_line' | 'wrong_quantity' | 'not_open';
  readonly pickedBy: string | null;
  readonly stock: number | null;
}

/** How many there are. What is read may be some seconds old; orders and picks ask the database. */
export class InventoryStore {
  readonly #database: Queries;
  readonly #cache: Cache;
  readonly #cached: CacheAside;
  readonly #products: ProductStore;
  readonly #readStock: Statement;

  constructor(database: Queries, cache: Cache, products: ProductStore, table: StockTable = 'products') {
    this.#readStock = READ_STOCK[table];
    this.#database = database;
    this.#cache = cache;
    this.#cached = new CacheAside(cache, 'inventory');
    this.#products = products;
  }

  /** The stock as JSON, or null when there is no such product. */
  async read(productId: number): Promise<string | Buffer | null> {
    return await this.#cached.read(inventoryKey(productId), async (): Promise<Loaded | null> => {
      const [row] = await this.#database.query<{ stock: number }>(this.#readStock, [productId]);
      if (row === undefined) return null;
      return { body: JSON.stringify({ productId, stock: row.stock }), ttl_s: inventoryTtl_s(row.stock) };
    });
  }

  /** Sets price or stock, and makes what caches hold of the product invalid. Throws a 404 `Problem`. */
  async change(productId: number, priceCents: number | null, stock: number | null): Promise<string> {
    const values = [productId, priceCents, stock];
    const [row] = await this.#database.query<{ stock: number; priceCents: string }>(CHANGE_PRODUCT, values);
    if (row === undefined) throw notFound('product');
    await Promise.all([this.#products.invalidate(productId), this.#cache.invalidate(inventoryKey(productId))]);
    return JSON.stringify({ productId, stock: row.stock, priceCents: Number(row.priceCents) });
  }

  /** Takes a line of an order off the shelf. Throws a 404 or 409 `Problem`; of two who try, one is told who was first. */
  async pick(orderId: number, productId: number, quantity: number, by: number): Promise<string> {
    const row = await this.#database.queryOne<PickedRow>(PICK_LINE, [orderId, productId, quantity, by]);
    if (row.outcome === 'no_line') throw notFound('line of an order');
    if (row.outcome === 'not_open') throw new Problem(409, 'NOT_OPEN', 'the order is not waiting to be picked');
    if (row.outcome === 'wrong_quantity') {
      throw new Problem(409, 'WRONG_QUANTITY', 'the order wants another quantity');
    }
    if (row.outcome === 'already_picked') {
      const details = { pickedBy: Number(row.pickedBy) };
      throw new Problem(409, 'ALREADY_PICKED', 'somebody has picked this already', { details });
    }
    return JSON.stringify({ orderId, productId, quantity, stock: row.stock });
  }
}

function readStock(table: StockTable): Statement {
  const text = `SELECT stock_quantity AS stock FROM ${table} WHERE product_id = $1`;
  return { name: 'read-stock', kind: 'read', text };
}
