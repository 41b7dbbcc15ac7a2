import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { startServices, type TestServices } from '../testing/services.ts';
import { ask, baseUrl, type Answer } from '../testing/shop.ts';
import { until } from '../testing/until.ts';

let services: TestServices;
beforeAll(async () => {
  services = await startServices();
});
afterAll(async () => {
  await services.stop();
});

const orderShape = z.object({
  orderId: z.int(),
  status: z.string(),
  totalCents: z.int(),
  payment: z.object({ status: z.string(), amountCents: z.int() }),
});
const shipTo = { paymentMethod: 'CARD', shippingAddress: '1 Main Street' };
const one = (productId: number, quantity = 1) => ({ ...shipTo, items: [{ productId, quantity }] });

const place = (as: number, body: object, key?: string) =>
  services.ask('order', 'POST', '/orders', {
    as,
    body,
    ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }),
  });
const read = async (as: number, orderId: number) =>
  orderShape.parse((await services.ask('order', 'GET', `/orders/${orderId}`, { as })).json);
const placed = (answer: Answer) => {
  expect([answer.status, answer.text.slice(0, 200)]).toEqual([201, answer.text.slice(0, 200)]);
  return orderShape.parse(answer.json);
};

async function stockOf(productId: number): Promise<number> {
  const sql = 'SELECT stock_quantity AS stock FROM stock WHERE product_id = $1';
  const [row] = await services.sql<{ stock: number }>('inventory', sql, [productId]);
  return row?.stock ?? Number.NaN;
}
const setStock = (productId: number, stock: number) =>
  services.sql('inventory', 'UPDATE stock SET stock_quantity = $2 WHERE product_id = $1', [productId, stock]);
async function sold(productId: number): Promise<number> {
  const sql = `SELECT coalesce(sum(quantity), 0)::int AS sold FROM order_items JOIN orders USING (order_id)
                WHERE product_id = $1 AND status <> 'CANCELLED' AND reservation_id IS NOT NULL`;
  return (await services.sql<{ sold: number }>('order', sql, [productId]))[0]?.sold ?? 0;
}
/** Nothing waits: no errand, no event. */
const settled = () =>
  until(
    async () => (await services.sql('order', 'SELECT 1 FROM errands UNION ALL SELECT 1 FROM outbox')).length === 0,
    30_000,
  );

beforeEach(async () => {
  await services.parties.set('payment', { decline_share: 0, outage: false, calls: 1_000_000 });
  await services.parties.set('shipping', { calls: 1_000_000 });
  await services.parties.set('accounting', { calls: 1_000_000 });
});

test('an order takes its price from one service, its stock from another, and is paid at a third', async () => {
  const product = z.object({ priceCents: z.int() }).parse((await services.ask('product', 'GET', '/products/3')).json);
  const before = await stockOf(3);
  const order = placed(await place(1, one(3, 2)));
  expect(order.totalCents).toBe(2 * product.priceCents);
  expect(await stockOf(3)).toBe(before - 2);
  await settled();
  expect(await read(1, order.orderId)).toMatchObject({ payment: { status: 'SUCCESS', amountCents: order.totalCents } });
  expect(
    await services.sql('payment', 'SELECT amount_cents::int AS amount, status FROM payments WHERE order_id = $1', [
      order.orderId,
    ]),
  ).toEqual([{ amount: order.totalCents, status: 'SUCCESS' }]);
  expect(
    await services.sql('inventory', 'SELECT state FROM reservations WHERE order_id = $1', [order.orderId]),
  ).toEqual([{ state: 'CONFIRMED' }]);
});

test('the cart has names and prices of the product service, is ordered whole, and is empty afterwards', async () => {
  await services.ask('order', 'POST', '/cart/items', { as: 2, body: { productId: 5, quantity: 2 } });
  const cart = await services.ask('order', 'POST', '/cart/items', { as: 2, body: { productId: 4 } });
  const { items, totalCents } = z
    .object({
      items: z.array(z.object({ productId: z.int(), name: z.string(), priceCents: z.int(), quantity: z.int() })),
      totalCents: z.int(),
    })
    .parse(cart.json);
  expect(items.map((item) => [item.productId, item.quantity])).toEqual([
    [4, 1],
    [5, 2],
  ]);
  expect(totalCents).toBe(items.reduce((sum, item) => sum + item.priceCents * item.quantity, 0));
  expect((await services.ask('order', 'POST', '/cart/items', { as: 2, body: { productId: 9_999 } })).status).toBe(404);
  expect(placed(await place(2, shipTo)).totalCents).toBe(totalCents);
  expect((await services.ask('order', 'GET', '/cart', { as: 2 })).json).toEqual({
    items: [],
    totalItems: 0,
    totalCents: 0,
  });
  expect((await place(2, shipTo)).json).toMatchObject({ error: { code: 'CART_EMPTY' } });
});

test('30 buyers of 10 pieces: 10 are sold, the others are told what lacks', async () => {
  await setStock(10, 10);
  const answers = await Promise.all(Array.from({ length: 30 }, (_, n) => place(1 + n, one(10))));
  expect(answers.filter((answer) => answer.status === 201)).toHaveLength(10);
  const refused = answers.filter((answer) => answer.status !== 201);
  expect(new Set(refused.map((answer) => answer.status))).toEqual(new Set([409]));
  expect(refused[0]?.json).toMatchObject({
    error: { code: 'OUT_OF_STOCK', details: [{ productId: 10, available: 0 }] },
  });
  expect([await stockOf(10), await sold(10)]).toEqual([0, 10]);
});

test('the same key at two instances at once is one order, one reservation and one charge', async () => {
  const second = await services.another('order');
  try {
    const [before, charges] = [await stockOf(11), await services.parties.effects('payment/charges')];
    const bases = [services.url('order'), baseUrl(second)];
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        ask(`${bases[n % 2]}/api/v1/orders`, 'POST', { as: 3, body: one(11), headers: { 'idempotency-key': 'same' } }),
      ),
    );
    expect(new Set(answers.map((answer) => placed(answer).orderId)).size).toBe(1);
    expect(answers.filter((answer) => answer.headers.get('idempotent-replayed') === null)).toHaveLength(1);
    expect((await place(3, one(11, 2), 'same')).json).toMatchObject({ error: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    await settled();
    expect(await stockOf(11)).toBe(before - 1);
    expect(await services.parties.effects('payment/charges')).toBe(charges + 1);
  } finally {
    await second.stop();
  }
});

test('orders of the same products in opposite order, and their cancellations, leave stock that adds up', async () => {
  const lines = [20, 21, 22].map((productId) => ({ productId, quantity: 1 }));
  const before = await Promise.all([20, 21, 22].map(stockOf));
  await Promise.all(
    Array.from({ length: 24 }, async (_, n) => {
      const items = n % 2 === 0 ? lines : lines.toReversed();
      const { orderId } = placed(await place(1 + n, { ...shipTo, paymentMethod: 'COD', items }));
      if (n % 3 === 0) await services.ask('order', 'POST', `/orders/${orderId}/cancel`, { as: 1 + n });
    }),
  );
  await settled();
  for (const [n, productId] of [20, 21, 22].entries()) {
    expect([productId, (await stockOf(productId)) + (await sold(productId))]).toEqual([productId, before[n]]);
  }
});

test('a cart that changes while it is ordered is ordered as it is, and nothing stays reserved', async () => {
  const before = await stockOf(30);
  const change = (quantity: number) => services.ask('order', 'PUT', '/cart/items/30', { as: 40, body: { quantity } });
  await change(1);
  const changes = (async () => {
    for (let quantity = 2; quantity < 12; quantity += 1) await change(quantity);
  })();
  const orders = await Promise.all([place(40, shipTo), place(40, shipTo), place(40, shipTo)]);
  await changes;
  expect(orders.every((answer) => [201, 409, 503].includes(answer.status))).toBe(true);
  await change(7);
  placed(await place(40, shipTo));
  await settled();
  expect((await stockOf(30)) + (await sold(30))).toBe(before);
});

test('a declined card cancels the order and gives its stock back', async () => {
  await services.parties.set('payment', { decline_share: 1 });
  const before = await stockOf(31);
  const order = placed(await place(5, one(31)));
  expect(order).toMatchObject({ status: 'CANCELLED', payment: { status: 'FAILED' } });
  await settled();
  expect(await stockOf(31)).toBe(before);
});

test('cancelling gives back stock and money, once', async () => {
  const before = await stockOf(32);
  const { orderId } = placed(await place(6, one(32, 3)));
  const refunds = await services.parties.effects('payment/refunds');
  // Shipped orders are not cancelled: whoever is faster decides, and both ends have to add up.
  const cancelled = await services.ask('order', 'POST', `/orders/${orderId}/cancel`, { as: 6 });
  await settled();
  const given = cancelled.status === 200 ? 3 : 0;
  expect(await stockOf(32)).toBe(before - 3 + given);
  expect(await services.parties.effects('payment/refunds')).toBe(refunds + (given === 0 ? 0 : 1));
});

test('while payments are away orders are accepted; afterwards each is charged, once, and a cancelled one is not', async () => {
  const charges = await services.parties.effects('payment/charges');
  await services.stopOne('payment');
  const kept = placed(await place(7, one(33)));
  const dropped = placed(await place(7, one(33)));
  expect([kept.status, kept.payment.status]).toEqual(['PENDING', 'PENDING']);
  expect((await services.ask('order', 'POST', `/orders/${dropped.orderId}/cancel`, { as: 7 })).status).toBe(200);
  await services.startOne('payment');
  await settled();
  expect(await read(7, kept.orderId)).toMatchObject({ payment: { status: 'SUCCESS' } });
  expect(await read(7, dropped.orderId)).toMatchObject({ status: 'CANCELLED', payment: { status: 'CANCELLED' } });
  expect(await services.parties.effects('payment/charges')).toBe(charges + 1);
});

test('an order survives the death of its service between its commit and its charge', async () => {
  await services.parties.set('payment', { outage: true });
  const { orderId } = placed(await place(8, one(34)));
  await services.stopOne('order');
  await services.parties.set('payment', { outage: false });
  await services.startOne('order');
  await settled();
  expect(await read(8, orderId)).toMatchObject({ payment: { status: 'SUCCESS' } });
});

test('what is charged although it was cancelled meanwhile is given back', async () => {
  const request = { orderId: 900_001, amountCents: 500, method: 'CARD' };
  await services.parties.set('payment', { outage: true });
  expect((await services.tell('payment', '/charges', request)).json).toMatchObject({ outcome: 'waiting' });
  await services.parties.set('payment', { outage: false });
  expect((await services.tell('payment', '/refunds', request)).json).toEqual({ outcome: 'nothing_paid' });
  expect((await services.tell('payment', '/charges', request)).json).toMatchObject({ outcome: 'cancelled' });
  const refunds = await services.parties.effects('payment/refunds');
  // As the provider's webhook would, for a charge that was under way.
  await services.sql('payment', "SELECT settle_account(900001, 'ch_late', true)");
  await until(async () => (await services.parties.effects('payment/refunds')) === refunds + 1, 20_000);
  await until(async () => {
    const [row] = await services.sql<{ status: string }>(
      'payment',
      'SELECT status FROM payments WHERE order_id = 900001',
    );
    return row?.status === 'REFUNDED';
  });
});

test('a request that is repeated after its order could not be written reserves nothing more', async () => {
  const before = await stockOf(36);
  const signature = '(bigint,bigint[],integer[],bigint[],text,text,text,text,bigint,uuid,text[],interval,interval)';
  await services.sql('order', `ALTER FUNCTION accept_order${signature} RENAME TO accept_order_away`);
  expect((await place(10, one(36), 'again')).status).toBe(500);
  expect((await place(10, one(36), 'again')).status).toBe(500);
  await services.sql('order', `ALTER FUNCTION accept_order_away${signature} RENAME TO accept_order`);
  placed(await place(10, one(36), 'again'));
  expect(await stockOf(36)).toBe(before - 1);
});

test('without stock or prices there is no order, and a client may come back soon', async () => {
  const orders = async () => (await services.sql<{ n: string }>('order', 'SELECT count(*) AS n FROM orders'))[0]?.n;
  const before = await orders();
  for (const peer of ['inventory', 'product'] as const) {
    await services.stopOne(peer);
    const answer = await place(9, one(35));
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
    if (peer === 'product') {
      const added = await services.ask('order', 'POST', '/cart/items', { as: 9, body: { productId: 1 } });
      expect([added.status, added.headers.get('retry-after')]).toEqual([503, '1']);
    }
    await services.startOne(peer);
  }
  expect(await orders()).toBe(before);
});
