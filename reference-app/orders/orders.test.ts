import { afterAll, beforeAll, expect, test } from 'vitest';
import { query } from '../testing/servers.ts';
import { startShop, type TestShop } from '../testing/shop.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await startShop({ cache: true });
});
afterAll(async () => {
  await shop.stop();
});

type Line = readonly [productId: number, quantity: number];

function place(as: number, lines: readonly Line[], headers: Record<string, string> = {}) {
  const items = lines.map(([productId, quantity]) => ({ productId, quantity }));
  return shop.ask('POST', '/orders', {
    as,
    headers,
    body: { items, paymentMethod: 'CARD', shippingAddress: '1 Main Street' },
  });
}

const setStock = (productId: number, stock: number) =>
  query(shop.database.url, 'UPDATE products SET stock_quantity = $2 WHERE product_id = $1', [productId, stock]);

async function number(text: string, values: unknown[] = []): Promise<number> {
  const [row] = await query<{ n: string }>(shop.database.url, text, values);
  return Number(row?.n);
}
const stockOf = (productId: number) =>
  number('SELECT stock_quantity AS n FROM products WHERE product_id = $1', [productId]);
const soldOf = (productId: number) =>
  number(
    "SELECT coalesce(sum(quantity), 0) AS n FROM order_items JOIN orders USING (order_id) WHERE product_id = $1 AND status = 'PENDING'",
    [productId],
  );

test('50 buyers of 10 pieces: 10 are sold, 40 are told what lacks', async () => {
  await setStock(20, 10);
  const before = { placed: shop.service.counts.ordersPlaced, refused: shop.service.counts.ordersOutOfStock };
  const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => place(n + 1, [[20, 1]])));
  const refused = answers.filter((answer) => answer.status === 409);
  expect(answers.filter((answer) => answer.status === 201)).toHaveLength(10);
  expect(refused).toHaveLength(40);
  expect(refused[0]?.json).toMatchObject({
    error: { code: 'OUT_OF_STOCK', details: [{ productId: 20, requested: 1, available: 0 }] },
  });
  expect([await stockOf(20), await soldOf(20)]).toEqual([0, 10]);
  expect(shop.service.counts.ordersPlaced - before.placed).toBe(10);
  expect(shop.service.counts.ordersOutOfStock - before.refused).toBe(40);
});

test('orders of the same products in opposite order do not deadlock, and sell exactly what there is', async () => {
  await Promise.all([setStock(21, 30), setStock(22, 25), setStock(23, 1_000)]);
  const orders: Line[][] = [
    [[21, 1], [22, 1], [23, 1]],
    [[23, 1], [22, 1], [21, 1]],
  ]; // prettier-ignore
  const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => place(1 + (n % 50), orders[n % 2] ?? [])));
  expect(answers.filter((answer) => answer.status === 201)).toHaveLength(25);
  expect(answers.filter((answer) => answer.status === 409)).toHaveLength(25);
  expect([await stockOf(21), await stockOf(22), await stockOf(23)]).toEqual([5, 0, 975]);
});

test('a refused order names everything that lacks, and takes nothing', async () => {
  await Promise.all([setStock(30, 5), setStock(31, 1), setStock(32, 0)]);
  const orders = await number('SELECT count(*) AS n FROM orders');
  const answer = await place(1, [[30, 5], [31, 2], [32, 1]]); // prettier-ignore
  expect(answer).toMatchObject({
    status: 409,
    json: {
      error: {
        details: [
          { productId: 31, requested: 2, available: 1 },
          { productId: 32, requested: 1, available: 0 },
        ],
      },
    },
  });
  expect([await stockOf(30), await stockOf(31)]).toEqual([5, 1]);
  expect(await number('SELECT count(*) AS n FROM orders')).toBe(orders);
});

test('an order with a product that does not exist is a 404, and takes nothing', async () => {
  await setStock(33, 5);
  expect((await place(1, [[33, 1], [999_999, 1]])).status).toBe(404); // prettier-ignore
  expect(await stockOf(33)).toBe(5);
});

test('concurrent repeats under one key are one order', async () => {
  await setStock(40, 100);
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => place(7, [[40, 2]], { 'idempotency-key': 'once' })),
  );
  expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([201]));
  expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
  expect(answers.filter((answer) => answer.headers.get('idempotent-replayed') === null)).toHaveLength(1);
  expect([await stockOf(40), await soldOf(40)]).toEqual([98, 2]);
});

test('a key belongs to one request of one user', async () => {
  await setStock(41, 100);
  await place(8, [[41, 1]], { 'idempotency-key': 'mine' });
  expect(await place(8, [[41, 2]], { 'idempotency-key': 'mine' })).toMatchObject({
    status: 409,
    json: { error: { code: 'IDEMPOTENCY_KEY_REUSED' } },
  });
  expect((await place(9, [[41, 2]], { 'idempotency-key': 'mine' })).headers.get('idempotent-replayed')).toBeNull();
  expect(await stockOf(41)).toBe(97);
});

test('a key of a refused order may be tried again', async () => {
  await setStock(42, 0);
  expect((await place(8, [[42, 1]], { 'idempotency-key': 'later' })).status).toBe(409);
  await setStock(42, 1);
  expect((await place(8, [[42, 1]], { 'idempotency-key': 'later' })).status).toBe(201);
});

test('an order adds up to the cent: items, total and payment', async () => {
  const answer = await place(10, [[50, 3], [51, 7]]); // prettier-ignore
  const expected = await number(
    'SELECT sum(price_cents * CASE product_id WHEN 50 THEN 3 ELSE 7 END) AS n FROM products WHERE product_id IN (50, 51)',
  );
  expect(answer).toMatchObject({
    status: 201,
    json: {
      status: 'PENDING',
      totalCents: expected,
      payment: { method: 'CARD', status: 'PENDING', amountCents: expected },
    },
  });
});

const statusOf = (answer: { json: unknown }) => (answer.json as { status: string }).status;

test('of ten cancellations at once one gives the stock back; the order keeps its history', async () => {
  await setStock(60, 5);
  const { orderId } = (await place(13, [[60, 5]])).json as { orderId: number };
  expect(((await shop.ask('GET', '/products/60')).json as { inStock: boolean }).inStock).toBe(false);
  const cancel = () => shop.ask('POST', `/orders/${orderId}/cancel`, { as: 13 });
  const answers = await Promise.all(Array.from({ length: 10 }, cancel));
  expect(answers.map((answer) => [answer.status, statusOf(answer)])).toEqual(
    Array.from({ length: 10 }, () => [200, 'CANCELLED']),
  );
  expect(await stockOf(60)).toBe(5);
  expect(((await shop.ask('GET', '/products/60')).json as { inStock: boolean }).inStock).toBe(true);
  expect((await shop.ask('GET', `/orders/${orderId}/track`, { as: 13 })).json).toMatchObject({
    status: 'CANCELLED',
    trackingId: null,
    events: [{ status: 'PENDING' }, { status: 'CANCELLED' }],
  });
});

test('only the buyer cancels, and only before shipping', async () => {
  const { orderId } = (await place(14, [[61, 1]])).json as { orderId: number };
  const path = `/orders/${orderId}/cancel`;
  expect((await shop.ask('POST', path, { as: 15 })).status).toBe(404);
  expect((await shop.ask('GET', `/orders/${orderId}/track`, { as: 15 })).status).toBe(404);
  expect((await shop.ask('POST', path)).status).toBe(401);
  await query(shop.database.url, "UPDATE orders SET status = 'SHIPPED' WHERE order_id = $1", [orderId]);
  expect(await shop.ask('POST', path, { as: 14 })).toMatchObject({
    status: 409,
    json: { error: { code: 'TOO_LATE' } },
  });
});

test('buyers and cancellations at once: stock is never below nothing, and adds up', async () => {
  await Promise.all([setStock(62, 20), setStock(63, 20)]);
  const both: Line[] = [[62, 1], [63, 1]]; // prettier-ignore
  const churn = async (as: number) => {
    for (let n = 0; n < 4; n += 1) {
      const placed = await place(as, n % 2 === 0 ? both : both.toReversed());
      if (placed.status !== 201) continue;
      const { orderId } = placed.json as { orderId: number };
      if (n !== 3) await shop.ask('POST', `/orders/${orderId}/cancel`, { as });
    }
  };
  await Promise.all(Array.from({ length: 40 }, (_, n) => churn(n + 1)));
  expect(await stockOf(62)).toBe(20 - (await soldOf(62)));
  expect(await stockOf(63)).toBe(20 - (await soldOf(63)));
  expect(await number('SELECT count(*) AS n FROM products WHERE stock_quantity < 0')).toBe(0);
});

test('a user sees their own orders only', async () => {
  const placed = (await place(11, [[52, 1]])).json as { orderId: number };
  const path = `/orders/${placed.orderId}`;
  expect((await shop.ask('GET', path, { as: 11 })).json).toEqual(placed);
  expect((await shop.ask('GET', path, { as: 12 })).status).toBe(404);
  expect((await shop.ask('GET', path)).status).toBe(401);
  const history = await shop.ask('GET', '/orders?limit=50', { as: 12 });
  expect(history.text).not.toContain(`"orderId" : ${placed.orderId},`);
});

test('the history is paged from the latest order on, each once', async () => {
  for (let n = 0; n < 3; n += 1) await place(60, [[53, 1]]);
  const seen: number[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const path: string = cursor === '' ? '/orders?limit=2' : `/orders?limit=2&cursor=${cursor}`;
    const page = (await shop.ask('GET', path, { as: 60 })).json as {
      orders: { orderId: number }[];
      nextCursor: string | null;
    };
    seen.push(...page.orders.map((order) => order.orderId));
    cursor = page.nextCursor;
  }
  // Two from the seed, three from here; nobody else orders as this user.
  expect(seen).toHaveLength(5);
  expect(seen).toEqual([...new Set(seen)].toSorted((a, b) => b - a));
});
