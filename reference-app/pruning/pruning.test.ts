import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Database } from '../database/database.ts';
import { Counts } from '../metrics/metrics.ts';
import { query } from '../testing/servers.ts';
import { startShop, type TestShop } from '../testing/shop.ts';
import { Pruner } from './pruner.ts';
import { BATCH, idempotencyKeys, inboxOf, INBOX_KEPT_S, KEY_KEPT_S } from './retention.ts';

const log = pino({ level: 'silent' });
let shop: TestShop;
let database: Database;
const counts = new Counts();
beforeAll(async () => {
  shop = await startShop({ cache: false, products: 20, users: 20 });
  database = new Database({ url: shop.database.url, poolMax: 4, applicationName: 'test' }, counts, log);
});
afterAll(async () => {
  await database.close();
  await shop.stop();
});

const pruner = (...prunings: ConstructorParameters<typeof Pruner>[1]) => new Pruner(database, prunings, counts, log);
const noteEvents = (worker: string, from: number, to: number, age_s: number) =>
  query(
    shop.database.url,
    `INSERT INTO inbox (worker, event_id, done_at)
     SELECT $1, n, now() - make_interval(secs => $4::float8) FROM generate_series($2::bigint, $3::bigint) n`,
    [worker, from, to, age_s],
  );
const eventsOf = async (worker: string) =>
  (
    await query<{ id: string }>(
      shop.database.url,
      'SELECT event_id AS id FROM inbox WHERE worker = $1 ORDER BY event_id',
      [worker],
    )
  ).map(({ id }) => Number(id));

test('a worker forgets what is old, in as many batches as it takes, and nothing else', async () => {
  const old = 2 * BATCH + 10;
  await noteEvents('email', 1, old, INBOX_KEPT_S + 60);
  await noteEvents('email', old + 1, old + 3, INBOX_KEPT_S - 60);
  await noteEvents('stock', 1, 5, INBOX_KEPT_S + 60);
  const before = counts.pruned.inbox;
  await pruner(...inboxOf(['email'])).prune();
  expect(await eventsOf('email')).toEqual([old + 1, old + 2, old + 3]);
  expect(await eventsOf('stock')).toHaveLength(5);
  expect(counts.pruned.inbox - before).toBe(old);
});

test('an old event that was finished lately is remembered', async () => {
  await noteEvents('payment', 1, 10, INBOX_KEPT_S + 60);
  await noteEvents('payment', 0, 0, 5);
  await pruner(...inboxOf(['payment'])).prune();
  expect(await eventsOf('payment')).toEqual([0]);
});

test('several at once neither wait for each other nor take anything twice', async () => {
  await noteEvents('shipping', 1, 5 * BATCH, INBOX_KEPT_S + 60);
  const before = counts.pruned.inbox;
  // One holds the first rows, as another instance would in the midst of its batch.
  await database.transaction(async (transaction) => {
    const held = {
      kind: 'write',
      text: `SELECT FROM inbox WHERE worker = 'shipping' AND event_id <= 10 FOR UPDATE`,
    } as const;
    await transaction.query(held, []);
    await Promise.all([1, 2].map(() => pruner(...inboxOf(['shipping'])).prune()));
  });
  expect(await eventsOf('shipping')).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(counts.pruned.inbox - before).toBe(5 * BATCH - 10);
});

test('a key is good for a day; after that the same request is a new order', async () => {
  const body = { items: [{ productId: 3, quantity: 1 }], paymentMethod: 'CARD', shippingAddress: '1 Main Street' };
  const place = async (key: string) => {
    const answer = await shop.ask('POST', '/orders', { as: 1, body, headers: { 'idempotency-key': key } });
    return (answer.json as { orderId: number }).orderId;
  };
  const [older, younger] = [await place('older'), await place('younger')];
  const age = 'UPDATE orders SET created_at = now() - make_interval(secs => $2::float8) WHERE order_id = $1';
  await query(shop.database.url, age, [older, KEY_KEPT_S + 60]);
  await query(shop.database.url, age, [younger, KEY_KEPT_S - 60]);
  const before = counts.pruned.orders;
  await pruner(idempotencyKeys).prune();
  expect(counts.pruned.orders - before).toBe(1);
  expect(await place('younger')).toBe(younger);
  expect(await place('older')).not.toBe(older);
  expect((await shop.ask('GET', `/orders/${older}`, { as: 1 })).status).toBe(200);
});

test('finding what is old reads an index, and no young rows', async () => {
  const plan = await database.transaction(async (transaction) => {
    await transaction.query({ kind: 'write', text: 'SET LOCAL enable_seqscan = off' }, []);
    const text = `EXPLAIN ${idempotencyKeys.statement.text.replace('$1', String(KEY_KEPT_S))}`;
    return await transaction.query<{ 'QUERY PLAN': string }>({ kind: 'read', text }, []);
  });
  expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toContain('orders_keyed');
});
