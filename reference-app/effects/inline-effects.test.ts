import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { noCache } from '../cache/cache.ts';
import { Database } from '../database/database.ts';
import { Counts } from '../metrics/metrics.ts';
import type { Service } from '../service.ts';
import { signWebhook } from '../third-party/signature.ts';
import { query } from '../testing/servers.ts';
import { ask, baseUrl, serve, startShop, TEST_WEBHOOK_SECRET, type TestShop } from '../testing/shop.ts';
import { startThirdParties, type TestThirdParties } from '../testing/third-parties.ts';
import { until } from '../testing/until.ts';
import { httpThirdParties } from '../third-party/http-third-parties.ts';
import { Effects } from './effects.ts';
import { InlineEffects } from './inline-effects.ts';

let shop: TestShop;
let parties: TestThirdParties;
let instance: Service;
beforeAll(async () => {
  shop = await startShop({ cache: false });
  parties = await startThirdParties();
  instance = await serve({ databaseUrl: shop.database.url, thirdPartyUrl: parties.url });
});
afterAll(async () => {
  await instance.stop();
  await parties.stop();
  await shop.stop();
});

const order = { items: [{ productId: 3, quantity: 1 }], paymentMethod: 'CARD', shippingAddress: '1 Main Street' };
const send = (method: string, path: string, as?: number, body?: unknown, headers?: Record<string, string>) =>
  ask(`${baseUrl(instance)}/api/v1${path}`, method, {
    ...(as === undefined ? {} : { as }),
    ...(body === undefined ? {} : { body }),
    ...(headers === undefined ? {} : { headers }),
  });

async function place(as: number, over: object = {}): Promise<number> {
  const answer = await send('POST', '/orders', as, { ...order, ...over });
  expect(answer.status).toBe(201);
  return (answer.json as { orderId: number }).orderId;
}
const track = async (as: number, id: number) =>
  (await send('GET', `/orders/${id}/track`, as)).json as {
    status: string;
    trackingId: string | null;
    events: { status: string }[];
  };

test('without a queue the request waits until the order is paid, told of and shipped', async () => {
  for (const paymentMethod of ['CARD', 'UPI']) {
    const id = await place(1, { paymentMethod });
    const { status, trackingId, events } = await track(1, id);
    expect([status, events.map((event) => event.status)]).toEqual(['SHIPPED', ['PENDING', 'CONFIRMED', 'SHIPPED']]);
    expect(trackingId).toMatch(/^TRACK-/);
    expect((await send('GET', `/orders/${id}`, 1)).json).toMatchObject({ payment: { status: 'SUCCESS' } });
  }
});

test('a third party allows as many calls as the documents say', async () => {
  const limit = async (party: string) => await (await fetch(`${parties.url}/admin/${party}`)).json();
  expect(await limit('payment')).toMatchObject({ calls: 100, window_ms: 1_000 });
  expect(await limit('email')).toMatchObject({ calls: 300, window_ms: 1_000 });
  expect(await limit('shipping')).toMatchObject({ calls: 60, window_ms: 60_000 });
  expect(await limit('accounting')).toMatchObject({ calls: 200, window_ms: 60_000 });
});

test('who pays on delivery is not charged, and has paid when it is delivered', async () => {
  const charges = await parties.effects('payment/charges');
  const id = await place(2, { paymentMethod: 'COD' });
  expect(await parties.effects('payment/charges')).toBe(charges);
  expect((await send('GET', `/orders/${id}`, 2)).json).toMatchObject({
    status: 'SHIPPED',
    payment: { status: 'PENDING' },
  });
  await query(shop.database.url, 'SELECT deliver_order($1)', [id]);
  expect((await send('GET', `/orders/${id}`, 2)).json).toMatchObject({
    status: 'DELIVERED',
    payment: { status: 'SUCCESS' },
  });
});

test('while third parties are away orders are accepted; what was missed is made good, each effect once', async () => {
  const letters = await parties.effects('email/messages');
  await parties.set('email', { outage: true });
  const id = await place(3);
  expect((await track(3, id)).status).toBe('SHIPPED');
  await parties.set('email', { outage: false });
  // As another instance would, with no patience: the first retry is due after five seconds.
  await query(shop.database.url, 'UPDATE outbox SET due_at = now() WHERE order_id = $1', [id]);
  await until(async () => (await parties.effects('email/messages')) === letters + 2, 15_000);
  await until(async () => (await query(shop.database.url, 'SELECT FROM outbox')).length === 0);
  expect(await query(shop.database.url, 'SELECT FROM notifications WHERE order_id = $1', [id])).toHaveLength(3);
});

test('after four attempts an event is dead, can be listed, and begins anew', async () => {
  const [log, counts] = [pino({ level: 'silent' }), new Counts()];
  const options = { url: shop.database.url, poolMax: 2, applicationName: 'test' };
  const database = new Database(options, counts, log);
  const thirdParties = httpThirdParties('http://127.0.0.1:1');
  const effects = new Effects({ database, cache: noCache, thirdParties, counts });
  const inline = new InlineEffects(database, effects, log, [1, 1, 1]);
  await query(
    shop.database.url,
    `INSERT INTO orders (order_id, user_id, total_cents, shipping_address) VALUES (9000, 1, 5, 'x'); `,
  );
  await query(
    shop.database.url,
    "INSERT INTO payments (order_id, amount_cents, payment_method) VALUES (9000, 5, 'CARD')",
  );
  await query(
    shop.database.url,
    "INSERT INTO outbox (kind, order_id, due_at) VALUES ('order.placed', 9000, now() + '1 h')",
  );
  try {
    await inline.committed(9000);
    // The instance of this file looks after what is due, and its third parties answer: it must not be it.
    await instance.stop();
    inline.start();
    await until(async () => (await inline.list('payment', 10)).length === 1, 15_000);
    expect((await inline.list('payment', 10))[0]).toMatchObject({ kind: 'order.placed', orderId: 9000 });
    expect(await inline.replay('payment', 10)).toBe(1);
  } finally {
    await inline.stop();
    await database.close();
    instance = await serve({ databaseUrl: shop.database.url, thirdPartyUrl: parties.url });
  }
});

test('the payment provider is believed only with a signature, and telling twice changes nothing', async () => {
  const answer = await shop.ask('POST', '/orders', { as: 5, body: order });
  const { orderId } = answer.json as { orderId: number };
  const body = JSON.stringify({ orderId, transactionId: 'ch_1', paid: true });
  const tell = (signature: string) =>
    ask(`${shop.base}/api/v1/webhooks/payment`, 'POST', { rawBody: body, headers: { 'x-signature': signature } });
  const now_s = Math.floor(Date.now() / 1_000);
  expect((await tell(signWebhook(body, 'a guess', now_s))).status).toBe(401);
  expect((await tell(signWebhook(body, TEST_WEBHOOK_SECRET, now_s - 3_600))).status).toBe(401);
  expect((await tell(signWebhook(body, TEST_WEBHOOK_SECRET, now_s))).status).toBe(204);
  expect((await tell(signWebhook(body, TEST_WEBHOOK_SECRET, now_s))).status).toBe(204);
  expect((await shop.ask('GET', `/orders/${orderId}`, { as: 5 })).json).toMatchObject({
    status: 'CONFIRMED',
    payment: { status: 'SUCCESS' },
  });
});

test('the provider itself signs: its webhook confirms an order as well', async () => {
  const asked = await startThirdParties(`${shop.base}/api/v1/webhooks/payment`);
  try {
    const { orderId } = (await shop.ask('POST', '/orders', { as: 6, body: order })).json as { orderId: number };
    const headers = { 'content-type': 'application/json', 'idempotency-key': 'k' };
    await fetch(`${asked.url}/payment/charges`, { method: 'POST', headers, body: JSON.stringify({ orderId }) });
    await until(async () => (await track(6, orderId)).status !== 'PENDING');
    expect((await shop.ask('GET', `/orders/${orderId}`, { as: 6 })).json).toMatchObject({
      payment: { status: 'SUCCESS' },
    });
  } finally {
    await asked.stop();
  }
});
