import { Client } from 'pg';
import { schemaOf, type ServiceName } from '../schema/parts.ts';
import { loadOrders, loadPayments, loadProducts, loadPurchases, loadStock, loadUsers } from './rows.ts';

/** Changes with the generated data, so that data of an older form is replaced. */
const FORMAT = 1;
/** Any number will do; it keeps two seeds of one database apart. */
const SEED_LOCK = 7_305_112;

export interface SeedPlan {
  readonly seed: number;
  readonly products: number;
  readonly users: number;
  readonly bcryptCost: number;
  /** Whose tables are loaded: those of one service, or of the whole shop, which is the default. */
  readonly service?: ServiceName;
}

/** What a service holds: the table that tells whether somebody else's data are there, and how its rows are loaded. */
interface Holdings {
  readonly holds: string;
  /** Tables whose ids go on after the loaded ones, with their identity columns. */
  readonly ids: readonly (readonly [table: string, column: string])[];
  readonly load: readonly ((client: Client, plan: SeedPlan) => Promise<void>)[];
}

const HOLDINGS: Readonly<Record<ServiceName, Holdings>> = {
  shop: {
    holds: 'products',
    ids: [
      ['users', 'user_id'],
      ['products', 'product_id'],
      ['orders', 'order_id'],
    ],
    load: [loadProducts, loadUsers, loadOrders, loadPayments],
  },
  product: { holds: 'products', ids: [['products', 'product_id']], load: [loadProducts] },
  order: { holds: 'orders', ids: [['orders', 'order_id']], load: [loadOrders, loadPayments] },
  payment: { holds: 'payments', ids: [], load: [loadPayments] },
  user: { holds: 'users', ids: [['users', 'user_id']], load: [loadUsers] },
  inventory: { holds: 'stock', ids: [], load: [loadStock] },
  recommendation: { holds: 'purchases', ids: [], load: [loadPurchases] },
};

/** The database holds rows that no seed put there; they are not replaced. */
export class ForeignDataError extends Error {
  override name = 'ForeignDataError';
  constructor(table: string) {
    super(`the database holds ${table}, but no seed_info: it is not a seeded one and is left as it is`);
  }
}

/**
 * Applies the schema and loads the shop of a seed (or one service's part of it), replacing that of another seed. `skipped` when the
 * database has it already. All of it is one transaction: an interrupted seed leaves what was there before.
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
    const schema = await schemaOf(plan.service ?? 'shop');
    await client.query(schema);
    if (await holds(client, plan)) return 'skipped';
    await client.query('BEGIN');
    await replaceAll(client, plan, schema);
    await client.query('COMMIT');
    await client.query('VACUUM (ANALYZE)');
    return 'loaded';
  } finally {
    // Closing the connection rolls back what is open and releases the lock.
    await client.end();
  }
}

async function holds(client: Client, plan: SeedPlan): Promise<boolean> {
  const { rows } = await client.query<{ same: boolean }>(
    'SELECT format = $1 AND seed = $2 AND products = $3 AND users = $4 AND cost = $5 AS same FROM seed_info',
    [FORMAT, plan.seed, plan.products, plan.users, plan.bcryptCost],
  );
  const [info] = rows;
  if (info !== undefined) return info.same;
  const { holds: table } = HOLDINGS[plan.service ?? 'shop'];
  const { rowCount } = await client.query(`SELECT FROM ${table} LIMIT 1`);
  if (rowCount !== 0) throw new ForeignDataError(table);
  return false;
}

/**
 * Ids of events begin at the time of loading, in microseconds: a queue that outlived the database before this one holds
 * smaller ones, which its workers can tell from their own (see effects/effects.ts).
 */
const BEGIN_EVENTS = `
  SELECT setval(pg_get_serial_sequence('outbox', 'event_id'), (extract(epoch FROM loaded_at) * 1e6)::bigint) FROM seed_info`;

async function replaceAll(client: Client, plan: SeedPlan, schema: string): Promise<void> {
  const { ids, load } = HOLDINGS[plan.service ?? 'shop'];
  await emptyAll(client, schema);
  for (const each of load) await each(client, plan);
  // Makes anew what loading did without.
  await client.query(schema);
  // COPY with given ids leaves the sequences at their start.
  for (const [table, id] of ids) {
    await client.query(
      `SELECT setval(pg_get_serial_sequence('${table}', '${id}'), (SELECT coalesce(max(${id}), 0) + 1 FROM ${table}), false)`,
    );
  }
  await client.query('INSERT INTO seed_info (format, seed, products, users, cost) VALUES ($1, $2, $3, $4, $5)', [
    FORMAT,
    plan.seed,
    plan.products,
    plan.users,
    plan.bcryptCost,
  ]);
  if (schema.includes('CREATE TABLE IF NOT EXISTS outbox ')) await client.query(BEGIN_EVENTS);
}

/** Every table that the schema names, so that a table can be added in one place. */
async function emptyAll(client: Client, schema: string): Promise<void> {
  const tables = Array.from(schema.matchAll(/^CREATE TABLE IF NOT EXISTS (\w+)/gm), ([, table]) => table);
  await client.query(`TRUNCATE ${tables.join(', ')} RESTART IDENTITY`);
}
