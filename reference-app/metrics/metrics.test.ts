import { expect, test } from 'vitest';
import { Counts, createRegistry } from './metrics.ts';

test('counts appear under their published names, and not twice when asked twice', async () => {
  const counts = new Counts();
  counts.databaseQueries.write += 2;
  counts.cacheHits.cart += 3;
  counts.ordersOutOfStock += 4;
  counts.request('/api/v1/products/:id', 200);
  counts.request('/api/v1/products/:id', 200);
  counts.request('/api/v1/products/:id', 404);
  const registry = createRegistry(counts, { poolWaiting: () => 5, poolConnections: () => 6 }, false);
  await registry.metrics();
  const lines = (await registry.metrics()).split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'shop_database_queries_total{kind="read"} 0',
      'shop_database_queries_total{kind="write"} 2',
      'shop_cache_hits_total{kind="cart"} 3',
      'shop_cache_misses_total{kind="search"} 0',
      'shop_cache_errors_total 0',
      'shop_orders_placed_total 0',
      'shop_orders_rejected_total{reason="out_of_stock"} 4',
      'shop_http_requests_total{route="/api/v1/products/:id",status="200"} 2',
      'shop_http_requests_total{route="/api/v1/products/:id",status="404"} 1',
      'shop_database_pool_waiting 5',
    ]),
  );
});
