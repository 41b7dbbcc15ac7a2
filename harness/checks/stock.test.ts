import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { writeFeeds } from '../../reference-app/seed/feeds.ts';
import { loadShop } from '../../reference-app/seed/load.ts';
import { query, startPostgres } from '../../reference-app/testing/servers.ts';
import type { TestServer } from '../../reference-app/testing/servers.ts';
import type { Findings } from '../instruments.ts';
import { siteWith } from '../testing/site.ts';
import { stock } from './stock.ts';

const SEED = { seed: 1, products: 10, users: 3, bcryptCost: 4 };
let database: TestServer;
let feeds_dir: string;

beforeAll(async () => {
  feeds_dir = await mkdtemp(join(tmpdir(), 'stock-'));
  await writeFeeds(feeds_dir, { ...SEED, jwtSecret: 'a secret that only tests use, 32 or more', service: 'shop' });
  database = await startPostgres();
});
afterAll(async () => {
  await database.stop();
  await rm(feeds_dir, { recursive: true, force: true });
});

describe('orders and stock in one database', () => {
  let cancelled: number;
  beforeEach(async () => {
    await query(database.url, 'DROP SCHEMA public CASCADE');
    await query(database.url, 'CREATE SCHEMA public');
    await loadShop(database.url, SEED);
    await place(3, 2);
    await place(4, 5);
    cancelled = await place(3, 1);
    await query(database.url, 'SELECT cancel_order($1, NULL, true)', [cancelled]);
  });

  test('what is sold and left is what there was', async () => {
    expect(await check()).toEqual({
      counters: { 'stock.products': 10, 'stock.oversold': 0, 'stock.mismatched': 0 },
      events: [],
    });
  });

  test.each([
    ['pieces that vanished', 'UPDATE products SET stock_quantity = stock_quantity - 1 WHERE product_id = 4', 1, 0],
    ['an order without its pieces', `UPDATE orders SET status = 'PENDING' WHERE status = 'CANCELLED'`, 1, 0],
    ['an order that is gone', 'DELETE FROM order_items WHERE quantity = 5 AND order_id > 6', 1, 0],
    ['negative stock', `${unchecked()}; UPDATE products SET stock_quantity = -1 WHERE product_id = 4`, 1, 1],
    ['a product that is gone', `TRUNCATE products CASCADE`, 10, 0],
  ])('seeded defect: %s', async (_defect, sql, mismatched, oversold) => {
    await query(database.url, sql);
    const { counters, events } = await check();
    expect(counters).toMatchObject({ 'stock.mismatched': mismatched, 'stock.oversold': oversold });
    expect(events).toHaveLength(Math.min(5, mismatched));
  });

  test('a skipped read makes the run incomplete, and no counter says zero', async () => {
    const found = await check({ database: 'postgres://shop@127.0.0.1:1/shop' });
    expect(found.counters).toBeUndefined();
    expect(found.incompleteBecause).toContain('the stock could not be read');
  });
});

describe('orders and stock in two databases', () => {
  const RESERVATION = '00000000-0000-8000-a000-00000000000';
  let orders: string;
  let inventory: string;

  beforeEach(async () => {
    const admin = database.url.replace(/shop$/, 'postgres');
    orders = database.url.replace(/shop$/, 'orders');
    inventory = database.url.replace(/shop$/, 'inventory');
    for (const name of ['orders', 'inventory']) {
      await query(admin, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await query(admin, `CREATE DATABASE ${name}`);
    }
    await loadShop(orders, { ...SEED, service: 'order' });
    await loadShop(inventory, { ...SEED, service: 'inventory' });
    await reserve(1, 7, 3);
    await accept(1, 7, 3);
    await reserve(2, 8, 2);
  });

  test('what is held for nobody yet is reserved, what an order has is sold', async () => {
    expect((await check({ orders, inventory })).counters).toMatchObject({ 'stock.mismatched': 0 });
  });

  test('seeded defect: an order whose reservation was given back', async () => {
    await query(inventory, 'SELECT release_stock($1, true)', [`${RESERVATION}1`]);
    const { counters, events } = await check({ orders, inventory });
    expect(counters).toMatchObject({ 'stock.mismatched': 1 });
    expect(events?.[0]?.detail).toContain('of product 7');
  });

  function reserve(id: number, product: number, quantity: number): Promise<object[]> {
    const text = `SELECT reserve_stock($1, ARRAY[$2::bigint], ARRAY[$3::integer], interval '1 h')`;
    return query(inventory, text, [`${RESERVATION}${id}`, product, quantity]);
  }

  async function accept(id: number, product: number, quantity: number): Promise<void> {
    await query(
      orders,
      `SELECT accept_order(1, ARRAY[$2::bigint], ARRAY[$3::integer], ARRAY[100::bigint], 'COD', 'Main Street', 'k', 'f', NULL, $1,
                           '{}', interval '0', interval '0')`,
      [`${RESERVATION}${id}`, product, quantity],
    );
  }
});

/** A database whose own guard is gone. */
function unchecked(): string {
  return 'ALTER TABLE products DROP CONSTRAINT products_stock_quantity_check';
}

/** The database that cannot be read, or does not settle, is not waited for. */
function check(databases: Readonly<Record<string, string>> = { database: database.url }): Promise<Findings> {
  return stock.run(siteWith({ databases, feeds_dir }), AbortSignal.abort());
}

async function place(product: number, quantity: number): Promise<number> {
  const [row] = await query<{ id: string }>(
    database.url,
    `SELECT order_id AS id FROM place_order(1, ARRAY[$1::bigint], ARRAY[$2::integer], 'COD', 'Main Street', NULL, NULL, interval '0')`,
    [product, quantity],
  );
  return Number(row?.id);
}
