import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { query } from '../testing/servers.ts';
import { baseUrl, serve, startShop, ask as askAt, type TestShop } from '../testing/shop.ts';
import { CART_LINES_MAX } from './cart-store.ts';

describe.for([
  ['without a cache (step 1)', false],
  ['with a cache (step 2)', true],
] as const)('the cart, %s', ([, cache]) => {
  let shop: TestShop;
  let prices_cents: Map<number, number>;
  beforeAll(async () => {
    shop = await startShop({ cache });
    const rows = await query<{ id: string; cents: string }>(
      shop.database.url,
      'SELECT product_id AS id, price_cents AS cents FROM products',
    );
    prices_cents = new Map(rows.map((row) => [Number(row.id), Number(row.cents)]));
  });
  afterAll(async () => {
    await shop.stop();
  });

  const add = (as: number, productId: number, quantity: number) =>
    shop.ask('POST', '/cart/items', { as, body: { productId, quantity } });
  const cartOf = async (as: number) => (await shop.ask('GET', '/cart', { as })).json;

  test('adds, sets and removes, each answer being the cart', async () => {
    expect(await cartOf(1)).toEqual({ items: [], totalItems: 0, totalCents: 0 });
    await add(1, 4, 2);
    const added = await add(1, 4, 1);
    expect(added.json).toMatchObject({
      totalItems: 3,
      totalCents: 3 * (prices_cents.get(4) ?? 0),
      items: [{ productId: 4, quantity: 3 }],
    });
    for (let n = 0; n < 2; n += 1) {
      const set = await shop.ask('PUT', '/cart/items/4', { as: 1, body: { quantity: 5 } });
      expect(set.json).toMatchObject({ totalItems: 5 });
      expect(await cartOf(1)).toEqual(set.json);
    }
    for (let n = 0; n < 2; n += 1) {
      const removed = await shop.ask('DELETE', '/cart/items/4', { as: 1 });
      expect([removed.status, removed.text]).toEqual([204, '']);
    }
    expect(await cartOf(1)).toEqual({ items: [], totalItems: 0, totalCents: 0 });
  });

  test('concurrent adds through two instances all count, in the answer, the cache and the database', async () => {
    const other = await serve({
      databaseUrl: shop.database.url,
      redisUrls: shop.redis === undefined ? [] : [shop.redis.url],
    });
    try {
      const bases = [shop.base, baseUrl(other)];
      const additions = Array.from({ length: 60 }, (_, n) =>
        askAt(`${bases[n % 2]}/api/v1/cart/items`, 'POST', {
          as: 2,
          body: { productId: 10 + (n % 3), quantity: 1 + (n % 2) },
        }),
      );
      const reads = Array.from({ length: 20 }, (_, n) => askAt(`${bases[n % 2]}/api/v1/cart`, 'GET', { as: 2 }));
      const answers = await Promise.all([...additions, ...reads]);
      expect(answers.every((answer) => answer.status === 200)).toBe(true);
      const expected = [10, 11, 12].reduce((sum, id) => sum + 30 * (prices_cents.get(id) ?? 0), 0);
      for (const base of bases) {
        const { json } = await askAt(`${base}/api/v1/cart`, 'GET', { as: 2 });
        expect(json).toMatchObject({ totalItems: 90, totalCents: expected });
      }
    } finally {
      await other.stop();
    }
  });

  test('an order takes the cart along, and the cart is empty afterwards', async () => {
    await add(3, 7, 2);
    await add(3, 6, 1);
    const order = await shop.ask('POST', '/orders', {
      as: 3,
      body: { paymentMethod: 'UPI', shippingAddress: '1 Main Street' },
    });
    const total = 2 * (prices_cents.get(7) ?? 0) + (prices_cents.get(6) ?? 0);
    expect(order).toMatchObject({
      status: 201,
      json: { totalCents: total, payment: { status: 'PENDING', amountCents: total } },
    });
    expect(await cartOf(3)).toEqual({ items: [], totalItems: 0, totalCents: 0 });
    const again = await shop.ask('POST', '/orders', {
      as: 3,
      body: { paymentMethod: 'UPI', shippingAddress: '1 Main Street' },
    });
    expect(again).toMatchObject({ status: 409, json: { error: { code: 'CART_EMPTY' } } });
  });

  test('is bounded in lines and in quantity', async () => {
    expect((await add(4, 1, 999)).status).toBe(200);
    expect(await add(4, 1, 1)).toMatchObject({ status: 409, json: { error: { code: 'TOO_MANY_OF_PRODUCT' } } });
    const more = Array.from({ length: CART_LINES_MAX }, (_, n) => add(4, 2 + n, 1));
    const statuses = (await Promise.all(more)).map((answer) => answer.status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(CART_LINES_MAX - 1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(1);
  });

  test('takes no product that does not exist', async () => {
    expect((await add(5, 999_999, 1)).status).toBe(404);
    expect((await shop.ask('PUT', '/cart/items/999999', { as: 5, body: { quantity: 1 } })).status).toBe(404);
  });

  test('reads hit the cache only where there is one', async () => {
    await cartOf(6);
    const before = { ...shop.service.counts.databaseQueries };
    await cartOf(6);
    expect(shop.service.counts.databaseQueries.read - before.read).toBe(cache ? 0 : 1);
  });
});
