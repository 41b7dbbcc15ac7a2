import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from './testing/until.ts';
import { ask, baseUrl, serve, startShop, type TestShop } from './testing/shop.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await startShop({ cache: true });
});
afterAll(async () => {
  await shop.stop();
});

const health = async () => await ask(`${shop.base}/health`, 'GET', {});
const address = { paymentMethod: 'CARD', shippingAddress: '1 Main Street' };

test('health names the instance and what it depends on', async () => {
  expect(await health()).toMatchObject({
    status: 200,
    json: { status: 'healthy', instance: 'test', database: 'up', cache: 'up', draining: false },
  });
});

test('while Redis is killed, reads and writes stay right; afterwards the cache serves again', async () => {
  const { redis } = shop;
  if (redis === undefined) throw new Error('this shop has a cache');
  await shop.ask('POST', '/cart/items', { as: 20, body: { productId: 1, quantity: 2 } });
  await redis.kill();
  const errors = shop.service.counts.cacheErrors;
  const product = await shop.ask('GET', '/products/1');
  const cart = await shop.ask('POST', '/cart/items', { as: 20, body: { productId: 1, quantity: 3 } });
  const order = await shop.ask('POST', '/orders', { as: 20, body: address });
  const found = await shop.ask('GET', '/search?q=black');
  expect([product.status, cart.status, order.status, found.status]).toEqual([200, 200, 201, 200]);
  expect(cart.json).toMatchObject({ totalItems: 5 });
  expect((await shop.ask('GET', '/cart', { as: 20 })).json).toMatchObject({ totalItems: 0 });
  expect(shop.service.counts.cacheErrors).toBeGreaterThan(errors);
  expect(await health()).toMatchObject({ status: 200, json: { cache: 'down' } });

  await redis.start();
  await until(async () => (await health()).text.includes('"cache":"up"'));
  const hits = shop.service.counts.cacheHits.product;
  await until(async () => {
    await shop.ask('GET', '/products/1');
    return shop.service.counts.cacheHits.product > hits;
  });
});

test('while Redis is frozen, every answer is right and comes within the command timeout', async () => {
  const { redis } = shop;
  if (redis === undefined) throw new Error('this shop has a cache');
  await shop.ask('GET', '/cart', { as: 21 });
  redis.freeze();
  try {
    const added = await shop.ask('POST', '/cart/items', { as: 21, body: { productId: 2, quantity: 1 } });
    expect(added).toMatchObject({ status: 200, json: { totalItems: 1 } });
    expect((await shop.ask('GET', '/cart', { as: 21 })).json).toMatchObject({ totalItems: 1 });
  } finally {
    redis.thaw();
  }
  await until(async () => (await health()).text.includes('"cache":"up"'));
  expect((await shop.ask('GET', '/cart', { as: 21 })).json).toMatchObject({ totalItems: 1 });
});

test('while the database is killed, requests and health are 503 with Retry-After; then everything recovers', async () => {
  await shop.database.kill();
  const answers = await Promise.all([
    health(),
    shop.ask('GET', '/products/150'),
    shop.ask('GET', '/products'),
    shop.ask('POST', '/orders', { as: 22, body: { ...address, items: [{ productId: 1, quantity: 1 }] } }),
    shop.ask('POST', '/auth/login', { body: { email: 'user1@shop.test', password: 'does not matter' } }),
  ]);
  expect(answers.map((answer) => answer.status)).toEqual([503, 503, 503, 503, 503]);
  expect(answers.map((answer) => answer.headers.get('retry-after'))).toEqual(['1', '1', '1', '1', '1']);
  expect(answers[1]?.json).toEqual({ error: { code: 'UNAVAILABLE', message: 'the database is away' } });

  await shop.database.start();
  await until(async () => (await health()).status === 200);
  const order = await shop.ask('POST', '/orders', {
    as: 22,
    body: { ...address, items: [{ productId: 1, quantity: 1 }] },
  });
  expect(order.status).toBe(201);
});

test('a database that accepts connections but answers nothing does not hang health', async () => {
  const instance = await serve({ databaseUrl: shop.database.url });
  shop.database.freeze();
  try {
    expect((await ask(`${baseUrl(instance)}/health`, 'GET', {})).status).toBe(503);
  } finally {
    shop.database.thaw();
    await instance.stop();
  }
});

test('more requests than can be served are turned away at once; health is still answered', async () => {
  const instance = await serve({ databaseUrl: shop.database.url, inFlightMax: 2 });
  const get = (path: string) => ask(`${baseUrl(instance)}/api/v1${path}`, 'GET', {});
  shop.database.freeze();
  const slow = [get('/products/1'), get('/products/2')];
  try {
    await until(() => instance.counts.inFlight === 2);
    const started_ms = performance.now();
    const answer = await get('/products/3');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
    expect(performance.now() - started_ms).toBeLessThan(500);
    expect((await get('/metrics')).text).toContain('shop_requests_shed_total 1');
  } finally {
    shop.database.thaw();
  }
  expect((await Promise.all(slow)).map((answer) => answer.status)).toEqual([200, 200]);
  expect(instance.counts.inFlight).toBe(0);
  await instance.stop();
});

test('a warmed cache answers the first reader', async () => {
  const { redis } = shop;
  if (redis === undefined) throw new Error('this shop has a cache');
  const instance = await serve({ databaseUrl: shop.database.url, redisUrls: [redis.url], warming: true });
  const hits = instance.counts.cacheHits.product;
  expect((await ask(`${baseUrl(instance)}/api/v1/products/40`, 'GET', {})).status).toBe(200);
  expect(instance.counts.cacheHits.product).toBe(hits + 1);
  await instance.stop();
});

test('stopping lets a running request finish, refuses new ones, and closes idle connections', async () => {
  const instance = await serve({ databaseUrl: shop.database.url });
  const { hostname, port } = new URL(baseUrl(instance));
  const received = Promise.withResolvers<number>();
  const body = JSON.stringify({ productId: 3, quantity: 1 });
  const slow = request(
    {
      hostname,
      port,
      method: 'PUT',
      path: '/api/v1/cart/items/3',
      headers: { 'content-type': 'application/json', 'content-length': body.length },
    },
    (answer) => {
      answer.resume();
      received.resolve(answer.statusCode ?? 0);
    },
  );
  slow.on('error', received.reject);
  slow.write(body.slice(0, 5));
  await until(async () => (await connectionsOf(instance.server)) === 1);
  const stopped = instance.stop();
  await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow('fetch failed');
  slow.end(body.slice(5));
  expect(await received.promise).toBe(401);
  await stopped;
  expect(await connectionsOf(instance.server)).toBe(0);
});

async function connectionsOf(server: {
  getConnections(done: (error: Error | null, count: number) => void): unknown;
}): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
  return await promise;
}
