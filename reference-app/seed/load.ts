import { readFile } from 'node:fs/promises';
import { Client } from 'pg';
import { copyRows, type Cell } from './copy.ts';
import { makeOrders, type SeedOrder } from './orders.ts';
import { makeProducts } from './products.ts';
import { makeUsers, seedPasswordHash } from './users.ts';

/** Changes with the generated data, so that data of an older form is replaced. */
const FORMAT = 1;
/** Any number will do; it keeps two seeds of one database apart. */
const SEED_LOCK = 7_305_112;
/** When the shop opened: fixed, so that the same seed is the same data. */
const OPENED_AT = '2026-01-01T00:00:00Z';

const SCHEMA = ['../schema.sql', '../schema/addresses.sql', '../schema/retention.sql'];

export interface SeedPlan {
  readonly seed: number;
  readonly products: number;
  readonly users: number;
  readonly bcryptCost: number;
}

/** The database holds products that no seed put there; they are not replaced. */
export class ForeignDataError extends Error {
  override name = 'ForeignDataError';
  constructor() {
    super('the database holds products, but no seed_info: it is not a seeded one and is left as it is');
  }
}

/**
 * Applies the schema and loads the shop of a seed, replacing that of another seed. `skipped` when the database has it
 * already. All of it is one transaction: an interrupted seed leaves what was there before.
 */
export async function loadShop(databaseUrl: string, plan: SeedPlan): Promise<'loaded' | 'skipped'> {
  const client = new Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: 5_000,
    application_name: 'shop-seed',
  });
  await client.connect();
  try {
    await client.query('SET client_min_messages = warning');
    await client.query('SELECT pg_advisory_lock($1)', [SEED_LOCK]);
    await applySchema(client);
    if (await holds(client, plan)) return 'skipped';
    await client.query('BEGIN');
    await replaceAll(client, plan);
    await client.query('COMMIT');
    await client.query('VACUUM (ANALYZE)');
    return 'loaded';
  } finally {
    // Closing the connection rolls back what is open and releases the lock.
    await client.end();
  }
}

async function applySchema(client: Client): Promise<void> {
  for (const part of SCHEMA) await client.query(await readFile(new URL(part, import.meta.url), 'utf8'));
}

async function holds(client: Client, plan: SeedPlan): Promise<boolean> {
  const { rows } = await client.query<{ same: boolean }>(
    'SELECT format = $1 AND seed = $2 AND products = $3 AND users = $4 AND cost = $5 AS same FROM seed_info',
    [FORMAT, plan.seed, plan.products, plan.users, plan.bcryptCost],
  );
  const [info] = rows;
  if (info !== undefined) return info.same;
  const { rowCount } = await client.query('SELECT FROM products LIMIT 1');
  if (rowCount !== 0) throw new ForeignDataError();
  return false;
}

async function replaceAll(client: Client, plan: SeedPlan): Promise<void> {
  await client.query(
    `TRUNCATE users, products, carts, cart_items, orders, order_items, payments, order_events, outbox, inbox, notifications,
              picks, reviews, product_views, addresses, spent_refresh_tokens, revoked_logins, audit_log, seed_info RESTART IDENTITY`,
  );
  // Building these once, at the end, takes a fraction of keeping them up to date row by row.
  await client.query('DROP INDEX products_search, products_search_top, products_search_middle');
  const prices_cents = await loadProducts(client, plan);
  const hash = await seedPasswordHash(plan.seed, plan.bcryptCost);
  const users = Array.from(makeUsers(plan.users), (user) => [user.id, user.email, user.name, hash, OPENED_AT]);
  await copyRows(client, 'users', 'user_id, email, name, password_hash, created_at', users);
  await loadOrders(client, [...makeOrders(plan.seed, plan.users, prices_cents)]);
  await applySchema(client);
  await moveSequences(client);
  await client.query('INSERT INTO seed_info (format, seed, products, users, cost) VALUES ($1, $2, $3, $4, $5)', [
    FORMAT,
    plan.seed,
    plan.products,
    plan.users,
    plan.bcryptCost,
  ]);
}

async function loadProducts(client: Client, plan: SeedPlan): Promise<number[]> {
  const prices_cents = [0];
  function* rows(): Generator<Cell[]> {
    for (const product of makeProducts(plan.seed, plan.products)) {
      prices_cents.push(product.price_cents);
      const { id, price_cents, sellerId, stock, demand, category, name, description } = product;
      yield [id, price_cents, sellerId, stock, id, demand, category, name, description, OPENED_AT];
    }
  }
  const columns =
    'product_id, price_cents, seller_id, stock_quantity, popularity_rank, demand, category, name, description, created_at';
  await copyRows(client, 'products', columns, rows());
  return prices_cents;
}

async function loadOrders(client: Client, orders: readonly SeedOrder[]): Promise<void> {
  await copyRows(
    client,
    'orders',
    'order_id, user_id, total_cents, status, shipping_address, created_at',
    orders.map((order) => [
      order.id,
      order.userId,
      order.total_cents,
      'DELIVERED',
      `${order.userId} Market Street`,
      OPENED_AT,
    ]),
  );
  await copyRows(
    client,
    'order_items',
    'order_id, product_id, quantity, price_cents',
    orders.flatMap((order) => order.items.map((item) => [order.id, item.productId, item.quantity, item.price_cents])),
  );
  await copyRows(
    client,
    'payments',
    'order_id, amount_cents, payment_method, status, created_at',
    orders.map((order) => [order.id, order.total_cents, order.method, 'SUCCESS', OPENED_AT]),
  );
}

/** COPY with given ids leaves the sequences at their start. */
async function moveSequences(client: Client): Promise<void> {
  await client.query(`
    SELECT setval(pg_get_serial_sequence('users', 'user_id'), (SELECT coalesce(max(user_id), 0) + 1 FROM users), false),
           setval(pg_get_serial_sequence('products', 'product_id'), (SELECT coalesce(max(product_id), 0) + 1 FROM products), false),
           setval(pg_get_serial_sequence('orders', 'order_id'), (SELECT coalesce(max(order_id), 0) + 1 FROM orders), false)`);
}
