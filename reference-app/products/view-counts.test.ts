import { afterAll, beforeAll, expect, test } from 'vitest';
import { query } from '../testing/servers.ts';
import { ask, baseUrl, serve, startShop, type TestShop } from '../testing/shop.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await startShop({ cache: false });
});
afterAll(async () => {
  await shop.stop();
});

test('views of several instances add up when they are written behind', async () => {
  const settings = { databaseUrl: shop.database.url, viewCounts: true };
  const instances = await Promise.all([serve(settings), serve(settings)]);
  for (const instance of instances) {
    const look = (id: number) => ask(`${baseUrl(instance)}/api/v1/products/${id}`, 'GET', {});
    await Promise.all([look(1), look(1), look(2), look(999_999)]);
  }
  expect(await query(shop.database.url, 'SELECT FROM product_views')).toHaveLength(0);
  // Stopping writes what was counted.
  await Promise.all(instances.map((instance) => instance.stop()));
  const rows = await query(shop.database.url, 'SELECT product_id::int AS id, views::int FROM product_views ORDER BY 1');
  expect(rows).toEqual([
    { id: 1, views: 4 },
    { id: 2, views: 2 },
  ]);
});
