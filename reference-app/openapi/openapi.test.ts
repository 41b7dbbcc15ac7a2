import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { noCache } from '../cache/cache.ts';
import { createApp, type AppDeps } from '../app.ts';
import { Counts } from '../metrics/metrics.ts';
import { startShop, type Ask, type TestShop } from '../testing/shop.ts';
import { OPERATIONS } from './document.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await startShop({ cache: true });
});
afterAll(async () => {
  await shop.stop();
});

const routes = z.array(
  z.object({ route: z.object({ path: z.string(), methods: z.record(z.string(), z.boolean()) }).optional() }),
);

test('every route is in the document, and the document has no others', () => {
  const log = pino({ level: 'silent' });
  // Routes are only listed here: nothing behind them is called.
  const app = createApp({ cache: noCache, counts: new Counts(), log, jwtSecret: 'x'.repeat(32) } as unknown as AppDeps);
  const served = routes
    .parse(app.router.stack)
    .flatMap(({ route }) =>
      route === undefined ? [] : Object.keys(route.methods).map((method) => `${method} ${route.path}`),
    )
    .filter((route) => route.includes('/api/v1/'));
  expect(served.toSorted()).toEqual(OPERATIONS.map(({ method, path }) => `${method} /api/v1${path}`).toSorted());
});

test('the document is served, and names every operation with its answers', async () => {
  const answer = await shop.ask('GET', '/openapi.json');
  const document = z
    .object({
      openapi: z.literal('3.1.0'),
      paths: z.record(z.string(), z.record(z.string(), z.object({ responses: z.object({}) }))),
    })
    .parse(answer.json);
  const operations = Object.values(document.paths).flatMap((methods) => Object.keys(methods));
  expect(operations).toHaveLength(OPERATIONS.length);
  expect(Object.keys(document.paths)).toContain('/api/v1/orders/{id}/track');
});

/** Calls an operation and holds its answer to the document. */
async function call(method: string, path: string, actual: string, how: Ask = {}): Promise<unknown> {
  const operation = OPERATIONS.find((each) => each.method === method && each.path === path);
  if (operation === undefined) throw new Error(`no operation ${method} ${path}`);
  const answer = await shop.ask(method.toUpperCase(), actual, how);
  expect([actual, answer.status, answer.text.slice(0, 200)]).toEqual([
    actual,
    operation.status,
    answer.text.slice(0, 200),
  ]);
  called.add(`${method} ${path}`);
  if (operation.answer !== undefined) expect(() => operation.answer?.parse(answer.json)).not.toThrow();
  return answer.json;
}
const called = new Set<string>();

test('every operation answers as the document says', async () => {
  const account = { email: 'open@shop.test', password: 'a long password', name: 'Open' };
  const registered = await call('post', '/auth/register', '/auth/register', { body: account });
  const { userId, refreshToken } = z.object({ userId: z.int(), refreshToken: z.string() }).parse(registered);
  await call('post', '/auth/login', '/auth/login', { body: { email: account.email, password: account.password } });
  const refreshed = await call('post', '/auth/refresh', '/auth/refresh', { body: { refreshToken } });
  await call('post', '/auth/logout', '/auth/logout', {
    body: { refreshToken: z.object({ refreshToken: z.string() }).parse(refreshed).refreshToken },
  });
  const as = userId;
  await call('get', '/users/me', '/users/me', { as });
  await call('patch', '/users/me', '/users/me', { as, body: { name: 'Opened' } });

  await call('get', '/products/:id', '/products/1');
  await call('get', '/products', '/products?limit=3&sort=price');
  await call('get', '/search', '/search?q=black');
  await call('post', '/cart/items', '/cart/items', { as, body: { productId: 1 } });
  await call('put', '/cart/items/:productId', '/cart/items/2', { as, body: { quantity: 2 } });
  await call('delete', '/cart/items/:productId', '/cart/items/2', { as });
  await call('get', '/cart', '/cart', { as });

  const added = await call('post', '/addresses', '/addresses', {
    as,
    body: { label: 'home', address: '1 Main Street' },
  });
  const { addressId } = z.object({ addressId: z.int() }).parse(added);
  await call('get', '/addresses', '/addresses', { as });

  const body = { paymentMethod: 'COD', addressId };
  const { orderId } = z.object({ orderId: z.int() }).parse(await call('post', '/orders', '/orders', { as, body }));
  await call('delete', '/addresses/:id', `/addresses/${addressId}`, { as });
  await call('get', '/orders', '/orders', { as });
  await call('get', '/orders/:id', `/orders/${orderId}`, { as });
  await call('get', '/orders/:id/track', `/orders/${orderId}/track`, { as });
  const pick = { orderId, quantity: 1 };
  await call('put', '/inventory/:productId/pick', '/inventory/1/pick', { as: 2, role: 'employee', body: pick });
  await call('post', '/orders/:id/cancel', `/orders/${orderId}/cancel`, { as });
  await call('post', '/admin/orders/:id/cancel', `/admin/orders/${orderId}/cancel`, { as: 3, role: 'manager' });
  await call('get', '/admin/orders/:id', `/admin/orders/${orderId}`, { as: 4, role: 'viewer' });

  await call('get', '/notifications', '/notifications', { as });
  await call('post', '/products/:id/reviews', '/products/5/reviews', { as, body: { rating: 4, comment: 'fine' } });
  await call('get', '/products/:id/reviews', '/products/5/reviews');
  await call('get', '/products/:id/inventory', '/products/5/inventory');
  await call('get', '/products/:id/images', '/products/5/images');
  await call('get', '/products/:id/recommendations', '/products/1/recommendations');
  await call('get', '/recommendations', '/recommendations', { as });
  await call('patch', '/products/:id', '/products/5', { as: 3, role: 'manager', body: { stock: 7 } });
  await call('put', '/admin/users/:id/role', `/admin/users/${userId}/role`, {
    as: 3,
    role: 'admin',
    body: { role: 'viewer' },
  });
  await call('get', '/admin/audit', '/admin/audit', { as: 3, role: 'admin' });
  await call('get', '/health', '/health');
  await call('get', '/ready', '/ready');
  await call('get', '/metrics', '/metrics');
  await call('get', '/openapi.json', '/openapi.json');

  // These need a queue, a delivery, a signature or an object store, and are called where those are tested.
  const elsewhere = [
    'get /admin/dead-letters',
    'post /admin/dead-letters/replay',
    'post /admin/orders/:id/deliver',
    'post /webhooks/payment',
    'post /products/:id/images',
    'delete /products/:id/images/:image',
  ];
  const all = OPERATIONS.map(({ method, path }) => `${method} ${path}`);
  expect([...called, ...elsewhere].toSorted()).toEqual(all.toSorted());
});
