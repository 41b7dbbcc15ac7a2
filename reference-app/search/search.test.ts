import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { query } from '../testing/servers.ts';
import { until } from '../testing/until.ts';
import { startShop, type TestShop } from '../testing/shop.ts';
import { SEARCH } from './search-statement.ts';
import { searchKey } from './search-store.ts';

let shop: TestShop;
beforeAll(async () => {
  // Enough products that all three tiers of popularity have some.
  shop = await startShop({ cache: true, products: 26_000 });
});
afterAll(async () => {
  await shop.stop();
});

interface Page {
  readonly hasMore: boolean;
  readonly products: readonly { readonly id: number; readonly name: string }[];
}

async function search(text: string, page = 1): Promise<Page> {
  const answer = await shop.ask('GET', `/search?q=${encodeURIComponent(text)}&page=${page}`);
  expect(answer.status).toBe(200);
  // The shape is what these tests go on to check.
  return answer.json as Page;
}

async function productId(text: string): Promise<number[]> {
  const rows = await query<{ id: string }>(
    shop.database.url,
    `SELECT product_id::text AS id FROM products WHERE search @@ websearch_to_tsquery('english', $1)
      ORDER BY ts_rank(search, websearch_to_tsquery('english', $1)) DESC, popularity_rank LIMIT 100`,
    [text],
  );
  return rows.map((row) => Number(row.id));
}

test('the plan uses the GIN index of each tier, and reads the table in no other way', async () => {
  const rows = await query<{ 'QUERY PLAN': string }>(shop.database.url, `EXPLAIN ${SEARCH.text}`, ['laptop', 0]);
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toContain('Bitmap Index Scan on products_search_top');
  expect(plan).toContain('Bitmap Index Scan on products_search_middle');
  expect(plan).toMatch(/Bitmap Index Scan on products_search(?!_)/);
  expect(plan).not.toContain('Seq Scan');
});

test('a search of several words finds what has all of them, as a full ranking would', async () => {
  const { products } = await search('wireless headphones');
  expect(products.length).toBeGreaterThan(0);
  expect(products.map((product) => product.id)).toEqual((await productId('wireless headphones')).slice(0, 20));
});

test('a common word gives the popular matches, in five pages that do not overlap', async () => {
  const pages = await Promise.all([1, 2, 3, 4, 5].map((page) => search('black', page)));
  const ids = pages.flatMap((page) => page.products.map((product) => product.id));
  expect(new Set(ids).size).toBe(100);
  expect(Math.max(...ids)).toBeLessThanOrEqual(5_000);
  expect(pages.map((page) => page.hasMore)).toEqual([true, true, true, true, false]);
});

test('a match in the last tier is found', async () => {
  await query(shop.database.url, "UPDATE products SET name = 'xylophone' WHERE product_id = 25999");
  expect((await search('Xylophones')).products.map((product) => product.id)).toEqual([25_999]);
});

test.for(['zzqqxx', 'the and of', '-laptop', '"', '\\', "'; DROP TABLE products; --", '& | ! ( ) <->', '💥'])(
  '%s finds nothing, without an error',
  async (text) => {
    expect((await search(text)).products).toEqual([]);
  },
);

test('case and spacing do not matter: the second search comes from the cache', async () => {
  await search('Oak   TABLE');
  const before = shop.service.counts.databaseQueries.read;
  const hits = shop.service.counts.cacheHits.search;
  await search(' oak table ');
  expect(shop.service.counts.databaseQueries.read).toBe(before);
  expect(shop.service.counts.cacheHits.search).toBe(hits + 1);
});

test('results stay cached for 10 min when popular, 5 min when rare, 1 min when empty', async () => {
  const redis = new Redis(shop.redis?.url ?? '');
  const ttl_s = async (text: string, page: number) => {
    await search(text, page);
    const key = searchKey(text, page);
    await until(async () => (await redis.ttl(key)) > 0);
    return await redis.ttl(key);
  };
  try {
    const rare = await ttl_s('silver', 1);
    const empty = await ttl_s('zzyzx', 1);
    for (let n = 0; n < 9; n += 1) await search('silver');
    const popular = await ttl_s('silver', 2);
    // Up to a tenth is jitter; two seconds are for the test's own time.
    for (const [measured_s, whole_s] of [
      [rare, 300],
      [empty, 60],
      [popular, 600],
    ] as const) {
      expect(measured_s).toBeLessThanOrEqual(whole_s);
      expect(measured_s).toBeGreaterThanOrEqual(whole_s * 0.9 - 2);
    }
  } finally {
    redis.disconnect();
  }
});
