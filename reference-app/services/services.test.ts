import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createApp, type AppDeps } from '../app.ts';
import { noCache } from '../cache/cache.ts';
import { Peers, type Peer } from '../internal/peers.ts';
import { ServiceClient } from '../internal/service-client.ts';
import { Counts } from '../metrics/metrics.ts';
import { product } from '../openapi/answers.ts';
import { OPERATIONS } from '../openapi/document.ts';
import { SERVICES } from '../schema/parts.ts';
import { startServices, TEST_SERVICE_SECRET, type TestServices } from '../testing/services.ts';
import { startShop, type TestShop } from '../testing/shop.ts';
import { until } from '../testing/until.ts';
import { compose, type ServiceParts } from './composition.ts';

const PEERS = SERVICES.filter((service): service is Peer => service !== 'shop');
let services: TestServices;
let shop: TestShop;
beforeAll(async () => {
  [services, shop] = await Promise.all([startServices(), startShop({ cache: false, products: 100, users: 60 })]);
});
afterAll(async () => {
  await Promise.all([services.stop(), shop.stop()]);
});

const layers = z.array(
  z.object({ route: z.object({ path: z.string(), methods: z.record(z.string(), z.boolean()) }).optional() }),
);

/** The routes of a service, as `get /products/:id`. Nothing behind them is called. */
async function routesOf(service: Peer): Promise<{ public: string[]; internal: string[] }> {
  const counts = new Counts();
  const peers = new Peers();
  for (const peer of PEERS) {
    peers.set(peer, new ServiceClient(peer, { urls: ['http://127.0.0.1:1'], secret: TEST_SERVICE_SECRET }, counts));
  }
  const given = {
    cache: noCache,
    counts,
    peers,
    log: pino({ level: 'silent' }),
    jwtSecret: 'x'.repeat(32),
    events: {},
  };
  const composition = compose(service, given as unknown as ServiceParts, TEST_SERVICE_SECRET);
  const app = createApp({ ...given, composition } as unknown as AppDeps);
  await peers.close();
  const all = layers
    .parse(app.router.stack)
    .flatMap(({ route }) =>
      route === undefined ? [] : Object.keys(route.methods).map((method) => `${method} ${route.path}`),
    );
  const under = (prefix: string) =>
    all.filter((route) => route.includes(` ${prefix}/`)).map((route) => route.replace(prefix, ''));
  return { public: under('/api/v1'), internal: under('/internal') };
}

test('each public route is one service’s, health is everybody’s, and the document names them all', async () => {
  const everybodys = ['get /health', 'get /metrics', 'get /ready'];
  const owned: string[] = [];
  for (const service of PEERS) {
    const { public: routes } = await routesOf(service);
    expect([service, routes.filter((route) => everybodys.includes(route)).toSorted()]).toEqual([service, everybodys]);
    owned.push(...routes.filter((route) => !everybodys.includes(route)));
  }
  const all = OPERATIONS.map(({ method, path }) => `${method} ${path}`);
  expect([...owned, ...everybodys].toSorted()).toEqual(all.toSorted());
});

test.each([
  ['product', '/products', '/search'],
  ['order', '/cart', '/orders', '/notifications', '/addresses', '/admin/orders', '/admin/dead-letters'],
  ['payment', '/webhooks'],
  ['user', '/auth', '/users', '/admin/users', '/admin/audit'],
  ['inventory', '/inventory', '/products/:id/inventory'],
  ['recommendation', '/recommendations', '/products/:id/recommendations'],
] as const)('the gateway finds what %s has', async (service, ...prefixes) => {
  const own = ['/health', '/metrics', '/ready', '/openapi.json'];
  const { public: routes } = await routesOf(service);
  const paths = routes.map((route) => route.split(' ')[1] ?? '').filter((path) => !own.includes(path));
  expect(paths.filter((path) => !prefixes.some((prefix) => path.startsWith(prefix)))).toEqual([]);
});

test('who does not know the secret does not get in, and the whole shop has no such door', async () => {
  for (const service of PEERS) {
    for (const route of (await routesOf(service)).internal) {
      const path = route.split(' ')[1] ?? '';
      expect([service, path, (await services.tell(service, path, {}, 'a guess')).status]).toEqual([service, path, 401]);
      expect([service, path, (await services.tell(service, path, {})).status]).toEqual([service, path, 400]);
    }
  }
  expect((await fetch(`${shop.base}/internal/stock/set`, { method: 'POST' })).status).toBe(404);
});

test('seeds of the same number agree, whoever is asked', async () => {
  const { inStock, ...seventh } = z
    .looseObject({ inStock: z.boolean() })
    .parse((await shop.ask('GET', '/products/7')).json);
  expect((await services.ask('product', 'GET', '/products/7')).json).toMatchObject({ ...seventh, inStock });
  const same: readonly (readonly [Peer, string, number?])[] = [
    ['inventory', '/products/7/inventory'],
    ['recommendation', '/products/1/recommendations'],
    ['recommendation', '/recommendations', 4],
    ['order', '/orders', 4],
    ['order', '/orders/4', 4],
    ['user', '/users/me', 4],
    ['product', '/products?limit=5'],
    ['product', '/search?q=black'],
  ];
  for (const [service, path, as] of same) {
    const how = as === undefined ? {} : { as };
    const [whole, part] = await Promise.all([shop.ask('GET', path, how), services.ask(service, 'GET', path, how)]);
    expect([path, part.status, part.json]).toEqual([path, 200, whole.json]);
  }
});

test('what is bought together is recommended, the most often first, and never what one has', async () => {
  const buy = (as: number, ...ids: number[]) =>
    services.ask('order', 'POST', '/orders', {
      as,
      body: {
        items: ids.map((productId) => ({ productId, quantity: 1 })),
        paymentMethod: 'COD',
        shippingAddress: '1 Main Street',
      },
    });
  const shape = z.object({ recommendations: z.array(z.object({ productId: z.int(), orders: z.int() })) });
  const ask = async (path: string, as?: number) =>
    shape.parse((await services.ask('recommendation', 'GET', path, as === undefined ? {} : { as })).json)
      .recommendations;
  // Rarely bought ones, so that the seed has no say; whom it has given something is emptied.
  await services.sql('recommendation', 'DELETE FROM purchases WHERE product_id >= 90 OR user_id = 50');
  for (const [n, ids] of [
    [90, 91],
    [90, 91, 92],
    [90, 93],
    [90, 91, 93],
  ].entries())
    expect((await buy(1 + n, ...ids)).status).toBe(201);
  await until(async () => (await ask('/products/90/recommendations')).length === 3);
  await until(async () => (await ask('/products/90/recommendations'))[0]?.orders === 3);
  await until(async () => (await services.sql('order', "SELECT FROM errands WHERE kind = 'recommend'")).length === 0);
  expect(await ask('/products/90/recommendations')).toEqual([
    { productId: 91, orders: 3 },
    { productId: 93, orders: 2 },
    { productId: 92, orders: 1 },
  ]);
  expect(await ask('/recommendations', 50)).toEqual([]);
  expect((await buy(50, 90, 91)).status).toBe(201);
  await until(async () => (await ask('/recommendations', 50)).length > 0);
  expect((await ask('/recommendations', 50)).map((each) => each.productId)).toEqual([93, 92]);
});

test('a product’s page goes without what is away, and lists as well', async () => {
  const page = async () => product.parse((await services.ask('product', 'GET', '/products/1')).json);
  expect(await page()).toMatchObject({ inStock: true, boughtTogether: expect.any(Array) });
  await services.stopOne('recommendation');
  expect(await page()).not.toHaveProperty('boughtTogether');
  expect(await page()).toMatchObject({ inStock: true });
  await services.stopOne('inventory');
  expect(await page()).not.toHaveProperty('inStock');
  expect((await services.ask('product', 'GET', '/products?limit=3')).status).toBe(200);
  expect((await services.ask('product', 'GET', '/search?q=black')).status).toBe(200);
  await services.startOne('inventory');
  await services.startOne('recommendation');
  // A breaker may have opened meanwhile; it lets somebody try after some seconds.
  await until(async () => 'inStock' in (await page()), 20_000);
});

test('staff changes stock where it is, lists follow, and the audit log is in one place', async () => {
  const change = (role: 'manager' | 'customer', body: object) =>
    services.ask('product', 'PATCH', '/products/60', { as: 5, role, body });
  expect((await change('manager', { stock: 0, priceCents: 4_200 })).json).toEqual({
    productId: 60,
    stock: 0,
    priceCents: 4_200,
  });
  expect((await services.ask('inventory', 'GET', '/products/60/inventory')).json).toEqual({ productId: 60, stock: 0 });
  expect((await services.ask('product', 'GET', '/products/60')).json).toMatchObject({
    inStock: false,
    priceCents: 4_200,
  });
  const soldOut = await services.ask('product', 'GET', '/products?in_stock=false');
  expect(soldOut.json).toMatchObject({ products: [{ id: 60 }] });
  // Lists go by what a page has learnt.
  await services.sql('inventory', 'UPDATE stock SET stock_quantity = 0 WHERE product_id = 61');
  expect((await services.ask('product', 'GET', '/products/61')).json).toMatchObject({ inStock: false });
  const now = await services.ask('product', 'GET', '/products?in_stock=false');
  expect(now.json).toMatchObject({ products: [{ id: 60 }, { id: 61 }] });

  expect((await change('customer', { stock: 1 })).status).toBe(403);
  const audit = await services.ask('user', 'GET', '/admin/audit?limit=2', { as: 9, role: 'admin' });
  expect(audit.json).toMatchObject({
    entries: [{ action: 'audit.read' }, { action: 'product.write', subject: 'product 60', allowed: false }],
  });
  await services.stopOne('user');
  expect((await change('manager', { stock: 1 })).status).toBe(503);
  await services.startOne('user');
});

test('a line is picked from its reservation, once', async () => {
  const body = { items: [{ productId: 70, quantity: 2 }], paymentMethod: 'COD', shippingAddress: '1 Main Street' };
  const placed = await services.ask('order', 'POST', '/orders', { as: 11, body });
  const { orderId } = z.object({ orderId: z.int() }).parse(placed.json);
  const pick = (quantity: number, as = 21) =>
    services.ask('inventory', 'PUT', '/inventory/70/pick', { as, role: 'employee', body: { orderId, quantity } });
  expect((await pick(1)).json).toMatchObject({ error: { code: 'WRONG_QUANTITY' } });
  expect((await pick(2)).status).toBe(200);
  expect((await pick(2, 22)).json).toMatchObject({ error: { code: 'ALREADY_PICKED', details: { pickedBy: 21 } } });
});
