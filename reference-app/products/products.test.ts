import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { query } from '../testing/servers.ts';
import { until } from '../testing/until.ts';
import { startShop, type TestShop } from '../testing/shop.ts';
import { productKey } from './keys.ts';

let shop: TestShop;
let redis: Redis;
beforeAll(async () => {
  shop = await startShop({ cache: true });
  redis = new Redis(shop.redis?.url ?? '');
});
afterAll(async () => {
  redis.disconnect();
  await shop.stop();
});

interface List {
  readonly products: readonly { readonly id: number; readonly category: string; readonly priceCents: number }[];
  readonly nextCursor: string | null;
}

async function list(queryString: string): Promise<List> {
  const answer = await shop.ask('GET', `/products?${queryString}`);
  expect(answer.status).toBe(200);
  // The shape is what these tests go on to check.
  return answer.json as List;
}

async function listAll(queryString: string): Promise<List['products']> {
  const all: List['products'][number][] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: List = await list(cursor === '' ? queryString : `${queryString}&cursor=${cursor}`);
    all.push(...page.products);
    cursor = page.nextCursor;
  }
  return all;
}

const order = (quantity: number) => ({
  items: [{ productId: 5, quantity }],
  paymentMethod: 'COD',
  shippingAddress: '1 Main Street',
});

test('the first read asks the database, the next one the cache, and both say the same', async () => {
  const before = { ...shop.service.counts.databaseQueries };
  const first = await shop.ask('GET', '/products/3');
  await until(async () => (await redis.exists(productKey(3))) === 1);
  const second = await shop.ask('GET', '/products/3');
  expect(first).toMatchObject({ status: 200, json: { id: 3, inStock: true } });
  expect(second.text).toBe(first.text);
  expect(shop.service.counts.databaseQueries.read).toBe(before.read + 1);
  expect(shop.service.counts.cacheHits.product).toBe(1);
});

test.for([
  ['popular', 3_240, 3_600],
  ['regular', 1_620, 1_800],
  ['new', 270, 300],
] as const)('a %s product is cached for %i to %i s', async ([demand, from_s, to_s]) => {
  const [row] = await query<{ id: string }>(
    shop.database.url,
    'SELECT product_id::text AS id FROM products WHERE demand = $1 AND product_id > 10 LIMIT 1',
    [demand],
  );
  const key = productKey(Number(row?.id));
  await shop.ask('GET', `/products/${row?.id}`);
  await until(async () => (await redis.ttl(key)) > 0);
  const ttl_s = await redis.ttl(key);
  expect(ttl_s).toBeGreaterThanOrEqual(from_s - 2);
  expect(ttl_s).toBeLessThanOrEqual(to_s);
});

test('an order that takes the last one invalidates the product; one that does not leaves it cached', async () => {
  await query(shop.database.url, 'UPDATE products SET stock_quantity = 3 WHERE product_id = 5');
  await shop.ask('GET', '/products/5');
  await until(async () => (await redis.strlen(productKey(5))) > 0);
  await shop.ask('POST', '/orders', { as: 1, body: order(2) });
  expect(await redis.strlen(productKey(5))).toBeGreaterThan(0);
  await shop.ask('POST', '/orders', { as: 1, body: order(1) });
  expect((await shop.ask('GET', '/products/5')).json).toMatchObject({ id: 5, inStock: false });
});

test('a product that does not exist is a 404 each time, and not cached', async () => {
  expect((await shop.ask('GET', '/products/999999')).status).toBe(404);
  expect(await redis.exists(productKey(999_999))).toBe(0);
});

test('paging meets every product once, in order', async () => {
  const byRank = await listAll('limit=50');
  expect(byRank.map((product) => product.id)).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
  const byPrice = (await listAll('limit=50&sort=price')).map((product) => product.priceCents);
  expect(byPrice).toHaveLength(200);
  expect(byPrice).toEqual(byPrice.toSorted((a, b) => a - b));
  const falling = (await listAll('limit=7&sort=-price')).map((product) => product.priceCents);
  expect(falling).toEqual(byPrice.toReversed());
});

test('filters hold together, and with paging', async () => {
  const audio = await listAll('category=Audio&min_price=2000&max_price=50000&in_stock=true&limit=2&sort=price');
  expect(audio.length).toBeGreaterThan(2);
  expect(audio.every((product) => product.category === 'Audio' && product.priceCents >= 2_000)).toBe(true);
  expect(audio.every((product) => product.priceCents <= 50_000)).toBe(true);
  expect((await list('category=Nothing')).products).toEqual([]);
  await query(shop.database.url, 'UPDATE products SET stock_quantity = 0 WHERE product_id = 9');
  expect((await list('in_stock=false&min_price=0')).products.map((product) => product.id)).toContain(9);
});

test('a cursor of another sort is refused', async () => {
  const { nextCursor } = await list('limit=1&sort=price');
  expect((await shop.ask('GET', `/products?sort=popularity&cursor=${nextCursor}`)).status).toBe(400);
});

test('a page of the catalogue is cached under one key, however its parameters are ordered', async () => {
  const { counts } = shop.service;
  const first = await shop.ask('GET', '/products?limit=3&sort=price');
  await until(async () => (await redis.keys('list:v1:*3*')).length > 0);
  const hits = counts.cacheHits.list;
  const second = await shop.ask('GET', '/products?sort=price&limit=3');
  expect(second.text).toBe(first.text);
  expect(counts.cacheHits.list).toBe(hits + 1);
});
