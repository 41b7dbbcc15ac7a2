import type { Client } from 'pg';
import { copyRows } from './copy.ts';
import { makeOrders, type SeedOrder } from './orders.ts';
import { makeProducts, type SeedProduct } from './products.ts';
import { makeUsers, seedPasswordHash } from './users.ts';
import type { SeedPlan } from './load.ts';

/** When the shop opened: fixed, so that the same seed is the same data. */
const OPENED_AT = '2026-01-01T00:00:00Z';

export async function loadUsers(client: Client, plan: SeedPlan): Promise<void> {
  const hash = await seedPasswordHash(plan.seed, plan.bcryptCost);
  const users = Array.from(makeUsers(plan.users), (user) => [user.id, user.email, user.name, hash, OPENED_AT]);
  await copyRows(client, 'users', 'user_id, email, name, password_hash, created_at', users);
}

export async function loadProducts(client: Client, plan: SeedPlan): Promise<void> {
  // Building these once, at the end, takes a fraction of keeping them up to date row by row.
  await client.query('DROP INDEX products_search, products_search_top, products_search_middle');
  const row = ({ id, price_cents, sellerId, stock, demand, category, name, description }: SeedProduct) =>
    [id, price_cents, sellerId, stock, id, demand, category, name, description, OPENED_AT] as const;
  const columns =
    'product_id, price_cents, seller_id, stock_quantity, popularity_rank, demand, category, name, description, created_at';
  await copyRows(client, 'products', columns, mapped(makeProducts(plan.seed, plan.products), row));
}

export async function loadStock(client: Client, plan: SeedPlan): Promise<void> {
  const products = makeProducts(plan.seed, plan.products);
  await copyRows(
    client,
    'stock',
    'product_id, stock_quantity',
    mapped(products, ({ id, stock }) => [id, stock]),
  );
}

export async function loadOrders(client: Client, plan: SeedPlan): Promise<void> {
  const orders = pastOrders(plan);
  await copyRows(
    client,
    'orders',
    'order_id, user_id, total_cents, status, shipping_address, created_at',
    orders.map(({ id, userId, total_cents }) => [
      id,
      userId,
      total_cents,
      'DELIVERED',
      `${userId} Market Street`,
      OPENED_AT,
    ]),
  );
  await copyRows(
    client,
    'order_items',
    'order_id, product_id, quantity, price_cents',
    orders.flatMap((order) => order.items.map((item) => [order.id, item.productId, item.quantity, item.price_cents])),
  );
}

export async function loadPayments(client: Client, plan: SeedPlan): Promise<void> {
  await copyRows(
    client,
    'payments',
    'order_id, amount_cents, payment_method, status, created_at',
    pastOrders(plan).map((order) => [order.id, order.total_cents, order.method, 'SUCCESS', OPENED_AT]),
  );
}

export async function loadPurchases(client: Client, plan: SeedPlan): Promise<void> {
  await copyRows(
    client,
    'purchases',
    'order_id, product_id, user_id',
    pastOrders(plan).flatMap(({ id, userId, items }) => items.map(({ productId }) => [id, productId, userId])),
  );
}

/** Every service makes all of it and takes what is its own: so ids and prices agree between services that share no database. */
function pastOrders({ seed, products, users }: SeedPlan): SeedOrder[] {
  const prices_cents = [0, ...mapped(makeProducts(seed, products), ({ price_cents }) => price_cents)];
  return [...makeOrders(seed, users, prices_cents)];
}

function* mapped<From, To>(values: Iterable<From>, convert: (value: From) => To): Generator<To> {
  for (const value of values) yield convert(value);
}
