import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ownIdentity } from '../../infra/local/identity.ts';
import { loadShop } from '../../reference-app/seed/load.ts';
import { query, startPostgres } from '../../reference-app/testing/servers.ts';
import type { TestServer } from '../../reference-app/testing/servers.ts';
import { startThirdParties } from '../../reference-app/testing/third-parties.ts';
import type { TestThirdParties } from '../../reference-app/testing/third-parties.ts';
import type { Findings, Site } from '../instruments.ts';
import { siteWith } from '../testing/site.ts';
import { effects } from './effects.ts';

const WORKERS = ['email', 'stock', 'notification', 'payment', 'shipping', 'accounting'];
let database: TestServer;
let parties: TestThirdParties;
let order: number;
let event: number;
let kind: string;

beforeAll(async () => {
  database = await startPostgres();
});
afterAll(async () => {
  await database.stop();
});

/** One order that was placed, paid, confirmed and shipped, with all that follows. */
beforeEach(async () => {
  parties = await startThirdParties();
  await query(database.url, 'DROP SCHEMA public CASCADE');
  await query(database.url, 'CREATE SCHEMA public');
  await loadShop(database.url, { seed: 1, products: 5, users: 3, bcryptCost: 4 });
  const [placed] = await sql<{ id: string }>(
    `SELECT order_id AS id FROM place_order(1, ARRAY[2::bigint], ARRAY[1], 'CARD', 'Main Street', NULL, NULL, interval '0')`,
  );
  order = Number(placed?.id);
  event = await next('order.placed');
  await call('payment/charges', `charge-${order}`);
  await sql(`SELECT finish_payment(${event}, ${order}, 'ch_1', true)`);
  await finish('email', 'stock', 'notification');
  event = await next('order.confirmed');
  await call('shipping/labels', 'shipping-1');
  await sql(`SELECT finish_shipping(${event}, ${order}, 'TRACK-1')`);
  await finish('notification', 'accounting');
  event = await next('order.shipped');
  await finish('email', 'notification');
  return async () => await parties.stop();
});

test('each effect once', async () => {
  // Placed: 4 inboxes, confirmed: 3, shipped: 2; 3 notifications, a payment and its settlement; 2 letters, a charge, a label, a booking.
  expect(await check()).toEqual({
    counters: { 'effects.expected': 19, 'effects.missing': 0, 'effects.duplicated': 0, 'effects.waiting': 0 },
    events: [],
  });
});

test.each([
  [
    'a doubled notification',
    `INSERT INTO notifications (user_id, order_id, kind) SELECT user_id, order_id, kind FROM notifications LIMIT 1`,
    0,
    1,
  ],
  ['a notification that never came', `DELETE FROM notifications WHERE kind = 'order.shipped'`, 1, 0],
  ['an event that a worker never had', `DELETE FROM inbox WHERE worker = 'stock'`, 1, 0],
  [
    'a second payment',
    `INSERT INTO payments (order_id, amount_cents, payment_method, status) SELECT order_id, 1, 'COD', 'SUCCESS' FROM orders WHERE user_id = 1 ORDER BY order_id DESC LIMIT 1`,
    0,
    1,
  ],
  ['a payment that was never settled', `UPDATE payments SET status = 'PENDING' WHERE transaction_id IS NOT NULL`, 1, 0],
])('seeded defect: %s', async (_defect, text, missing, duplicated) => {
  await sql(text);
  expect((await check()).counters).toMatchObject({ 'effects.missing': missing, 'effects.duplicated': duplicated });
});

test('seeded defect: a letter that was sent twice', async () => {
  await call('email/messages', 'another key');
  const { counters, events } = await check();
  expect(counters).toMatchObject({ 'effects.missing': 0, 'effects.duplicated': 1 });
  expect(events).toMatchObject([{ kind: 'effect-duplicated', detail: 'email/messages of all orders: 3 of 2' }]);
});

test('what still waits is told', async () => {
  await sql(`INSERT INTO outbox (kind, order_id) VALUES ('order.cancelled', ${order})`);
  expect((await check()).counters).toMatchObject({ 'effects.waiting': 1 });
});

test('a skipped read makes the run incomplete, and no counter says zero', async () => {
  const found = await check('postgres://shop@127.0.0.1:1/shop');
  expect(found.counters).toBeUndefined();
  expect(found.incompleteBecause).toContain('the effects of orders could not be read');
});

/** What does not settle is not waited for. */
function check(url = database.url): Promise<Findings> {
  const site: Site = siteWith({ databases: { database: url } });
  const tiers = WORKERS.map((worker) => ({
    id: `${worker}-workers`,
    kind: 'worker',
    instances: 1,
    calls: [],
    settings: {},
  }));
  const stack = {
    ...site.stack,
    processes: [{ role: 'third-parties', port: Number(new URL(parties.url).port), ...ownIdentity() }],
  };
  const whole: unknown = { ...site, stack, topology: { tiers } };
  return effects.run(whole as Site, AbortSignal.abort());
}

function sql<Row extends object>(text: string): Promise<Row[]> {
  return query<Row>(database.url, text);
}

/** Takes the event of a kind from the outbox. */
async function next(of: string): Promise<number> {
  const [row] = await sql<{ id: string }>(`DELETE FROM outbox WHERE kind = '${of}' RETURNING event_id AS id`);
  kind = of;
  return Number(row?.id);
}

/** What these workers do with the event at hand. */
async function finish(...workers: readonly string[]): Promise<void> {
  for (const worker of workers) {
    if (worker === 'email') await call('email/messages', `email-${event}`);
    if (worker === 'accounting') await call('accounting/bookings', `invoice-${order}`);
    if (worker === 'notification') await sql(`SELECT finish_notification(${event}, ${order}, '${kind}')`);
    else await sql(`SELECT finish_effect('${worker}', ${event})`);
  }
}

async function call(what: string, key: string): Promise<void> {
  const headers = { 'content-type': 'application/json', 'idempotency-key': key };
  const answer = await fetch(`${parties.url}/${what}`, { method: 'POST', headers, body: '{}' });
  expect(answer.status).toBe(200);
}
