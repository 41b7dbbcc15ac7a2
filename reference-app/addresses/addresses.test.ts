import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { ADDRESSES_TTL_S } from '../cache/time-to-live.ts';
import type { Service } from '../service.ts';
import { query } from '../testing/servers.ts';
import { ask, baseUrl, serve, startShop, type TestShop } from '../testing/shop.ts';
import { ADDRESSES_MAX } from './address-book.ts';

let shop: TestShop;
let other: Service;
beforeAll(async () => {
  shop = await startShop({ cache: true, products: 50, users: 60 });
  const redisUrls = shop.redis === undefined ? [] : [shop.redis.url];
  other = await serve({ databaseUrl: shop.database.url, redisUrls });
});
afterAll(async () => {
  await other.stop();
  await shop.stop();
});

const book = z.object({ addresses: z.array(z.object({ addressId: z.int(), label: z.string().nullable() })) });
const idsOf = (answer: { json: unknown }) => book.parse(answer.json).addresses.map(({ addressId }) => addressId);
const list = async (as: number) => idsOf(await shop.ask('GET', '/addresses', { as }));
async function add(as: number, address: string, label?: string): Promise<number> {
  const body = label === undefined ? { address } : { address, label };
  const answer = await shop.ask('POST', '/addresses', { as, body });
  expect(answer.status).toBe(201);
  return z.object({ addressId: z.int() }).parse(answer.json).addressId;
}
const order = (as: number, to: object, key?: string) =>
  shop.ask('POST', '/orders', {
    as,
    body: { items: [{ productId: 3, quantity: 1 }], paymentMethod: 'CARD', ...to },
    ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }),
  });

test('a user adds, sees and removes addresses of their own, and nobody elses', async () => {
  expect(await list(1)).toEqual([]);
  const home = await add(1, ' 1 Main Street ', 'home');
  const work = await add(1, '2 Side Street');
  expect((await shop.ask('GET', '/addresses', { as: 1 })).json).toMatchObject({
    addresses: [
      { addressId: home, label: 'home', address: '1 Main Street' },
      { addressId: work, label: null, address: '2 Side Street' },
    ],
  });
  expect(await list(2)).toEqual([]);
  expect((await shop.ask('DELETE', `/addresses/${home}`, { as: 2 })).status).toBe(204);
  expect(await list(1)).toEqual([home, work]);
  for (let repeat = 0; repeat < 2; repeat += 1) {
    expect((await shop.ask('DELETE', `/addresses/${home}`, { as: 1 })).status).toBe(204);
    expect(await list(1)).toEqual([work]);
  }
});

test('a book is cached for a week, and a change shows at once on every instance', async () => {
  await list(3);
  const { counts } = shop.service;
  const before = { hits: counts.cacheHits.address, reads: counts.databaseQueries.read };
  await list(3);
  expect([counts.cacheHits.address, counts.databaseQueries.read]).toEqual([before.hits + 1, before.reads]);
  const redis = new Redis(shop.redis?.url ?? '');
  const ttl_s = await redis.ttl('addresses:v1:3');
  redis.disconnect();
  expect(ttl_s).toBeLessThanOrEqual(ADDRESSES_TTL_S);
  expect(ttl_s).toBeGreaterThan(ADDRESSES_TTL_S * 0.89);

  const elsewhere = async () => idsOf(await ask(`${baseUrl(other)}/api/v1/addresses`, 'GET', { as: 3 }));
  expect(await elsewhere()).toEqual([]);
  const added = await add(3, '3 Main Street');
  expect(await elsewhere()).toEqual([added]);
});

test('a book is bounded, also for those who fill it at once', async () => {
  const answers = await Promise.all(
    Array.from({ length: ADDRESSES_MAX + 10 }, (_, n) =>
      shop.ask('POST', '/addresses', { as: 4, body: { address: `${n} Long Street` } }),
    ),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(ADDRESSES_MAX);
  const refused = answers.filter(({ status }) => status === 409);
  expect(refused).toHaveLength(10);
  expect(refused[0]?.json).toMatchObject({ error: { code: 'ADDRESS_BOOK_FULL' } });
  expect(await list(4)).toHaveLength(ADDRESSES_MAX);
});

test('an order goes to the address that is named', async () => {
  const addressId = await add(5, '5 Main Street');
  const placed = await order(5, { addressId });
  expect(placed).toMatchObject({ status: 201, json: { shippingAddress: '5 Main Street' } });
  expect(await order(6, { addressId })).toMatchObject({ status: 404, json: { error: { message: 'no such address' } } });
  const own = await query(shop.database.url, "SELECT FROM orders WHERE user_id = 6 AND status = 'PENDING'");
  expect(own).toHaveLength(0);
  for (const to of [{}, { addressId, shippingAddress: '5 Main Street' }, { addressId: 'home' }, { addressId: 0 }]) {
    expect(await order(5, to)).toMatchObject({ status: 400, json: { error: { code: 'INVALID_INPUT' } } });
  }
});

test('repeating an order finds it though the address is gone; another order under its key is refused', async () => {
  const addressId = await add(7, '7 Main Street');
  const first = await order(7, { addressId }, 'seven');
  const again = async () => await order(7, { addressId }, 'seven');
  expect(await again()).toMatchObject({ status: 201, text: first.text });
  await shop.ask('DELETE', `/addresses/${addressId}`, { as: 7 });
  const repeated = await again();
  expect(repeated).toMatchObject({ status: 201, text: first.text });
  expect(repeated.headers.get('idempotent-replayed')).toBe('true');
  expect((await order(7, { addressId }, 'eight')).status).toBe(404);
  expect((await order(7, { addressId }, undefined)).status).toBe(404);
  const reused = { status: 409, json: { error: { code: 'IDEMPOTENCY_KEY_REUSED' } } };
  expect(await order(7, { addressId: addressId + 1_000 }, 'seven')).toMatchObject(reused);
  expect(await order(7, { shippingAddress: '7 Main Street' }, 'seven')).toMatchObject(reused);
});
