import { DatabaseError } from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { noCache } from '../cache/cache.ts';
import { Counts } from '../metrics/metrics.ts';
import type { Service } from '../service.ts';
import type { Settings } from '../settings.ts';
import { query, startReplica, type TestServer } from '../testing/servers.ts';
import { ask, baseUrl, serve, startShop, type Ask, type TestShop } from '../testing/shop.ts';
import { until } from '../testing/until.ts';
import { Database } from './database.ts';
import { SplitDatabase } from './read-split.ts';
import { Freshness } from './read-your-writes.ts';

let shop: TestShop;
let replica: TestServer;
beforeAll(async () => {
  shop = await startShop({ cache: true });
  replica = await startReplica(shop.database);
});
afterAll(async () => {
  await replica.stop();
  await shop.stop();
});

const order = { items: [{ productId: 100, quantity: 1 }], paymentMethod: 'UPI', shippingAddress: '1 Main Street' };

/** Runs with instances that read from the replica, whose replay stands still meanwhile. */
async function whileLagging(
  over: Partial<Settings>,
  work: (instances: Service[], send: typeof request) => Promise<void>,
): Promise<void> {
  const redisUrls = shop.redis === undefined ? [] : [shop.redis.url];
  const urls = { databaseUrl: shop.database.url, databaseReadUrl: replica.url, redisUrls };
  const instances = await Promise.all([serve({ ...urls, ...over }), serve({ ...urls, ...over })]);
  await query(replica.url, 'SELECT pg_wal_replay_pause()');
  try {
    await work(instances, request);
  } finally {
    await query(replica.url, 'SELECT pg_wal_replay_resume()');
    await Promise.all(instances.map((instance) => instance.stop()));
  }
}

async function request(instance: Service | undefined, method: string, path: string, how: Ask) {
  if (instance === undefined) throw new Error('no such instance');
  return await ask(`${baseUrl(instance)}/api/v1${path}`, method, how);
}

interface Page {
  readonly orders: readonly { readonly orderId: number }[];
}

test.for(['primary-for-author', 'primary-within-window', 'cache-after-write'] as const)(
  '%s: on any instance, a user finds their order while the replica does not have it',
  async (readYourWrites) => {
    await whileLagging({ readYourWrites }, async ([one, other], send) => {
      const { orderId } = (await send(one, 'POST', '/orders', { as: 5, body: order })).json as { orderId: number };
      expect((await send(other, 'GET', `/orders/${orderId}`, { as: 5 })).status).toBe(200);
      const history = (await send(other, 'GET', '/orders', { as: 5 })).json as Page;
      expect(history.orders[0]?.orderId).toBe(orderId);
      await send(one, 'POST', '/cart/items', { as: 5, body: { productId: 3, quantity: 2 } });
      expect((await send(other, 'GET', '/cart', { as: 5 })).json).toMatchObject({ totalItems: expect.any(Number) });
    });
  },
);

test('who has just registered can log in while the replica does not know them', async () => {
  await whileLagging({}, async ([one, other], send) => {
    const body = { email: 'new@shop.test', password: 'long enough' };
    expect((await send(one, 'POST', '/auth/register', { body })).status).toBe(201);
    expect((await send(other, 'POST', '/auth/login', { body })).status).toBe(200);
    expect(other?.counts.staleFallbacks).toBe(1);
  });
});

test('none: a user may miss their order until the replica has it', async () => {
  await whileLagging({ readYourWrites: 'none' }, async ([one], send) => {
    const { orderId } = (await send(one, 'POST', '/orders', { as: 6, body: order })).json as { orderId: number };
    expect((await send(one, 'GET', `/orders/${orderId}`, { as: 6 })).status).toBe(404);
    await query(replica.url, 'SELECT pg_wal_replay_resume()');
    await until(async () => (await send(one, 'GET', `/orders/${orderId}`, { as: 6 })).status === 200);
    expect(one?.counts.databaseReads.primary).toBe(0);
  });
});

test('after the window a lagging replica is noticed for what is missing, and counted', async () => {
  const over = { readYourWrites: 'primary-within-window', readYourWritesWindow_ms: 100 } as const;
  await whileLagging(over, async ([one, other], send) => {
    const { orderId } = (await send(one, 'POST', '/orders', { as: 7, body: order })).json as { orderId: number };
    await until(async () => {
      expect((await send(other, 'GET', `/orders/${orderId}`, { as: 7 })).status).toBe(200);
      return other?.counts.staleFallbacks === 1;
    });
  });
});

test('the catalogue is read from the replica, and from the primary when the replica is away', async () => {
  const urls = { databaseUrl: shop.database.url, databaseReadUrl: replica.url };
  const instance = await serve(urls);
  try {
    expect((await request(instance, 'GET', '/products/9', {})).status).toBe(200);
    expect(instance.counts.databaseReads).toEqual({ primary: 0, replica: 1 });
    await replica.kill();
    expect((await request(instance, 'GET', '/products/10', {})).status).toBe(200);
    expect((await request(instance, 'GET', '/products/11', {})).status).toBe(200);
    expect(instance.counts.databaseReads).toEqual({ primary: 2, replica: 1 });
    expect(instance.counts.replicaAway).toBe(1);
  } finally {
    await instance.stop();
    await replica.start();
  }
});

test('a read that the replica gives up because of replay goes to the primary', async () => {
  const counts = new Counts();
  const conflict = Object.assign(new DatabaseError('canceling statement due to conflict with recovery', 0, 'error'), {
    code: '40001',
  });
  const lagging = { query: () => Promise.reject(conflict), queryOne: () => Promise.reject(conflict) };
  const options = { url: shop.database.url, poolMax: 1, applicationName: 'test' };
  const primary = new Database(options, counts, pino({ level: 'silent' }));
  const split = new SplitDatabase(primary, lagging, new Freshness('none', 1_000, noCache), counts);
  try {
    expect(await split.query({ kind: 'read', text: 'SELECT 1 AS one' }, [])).toEqual([{ one: 1 }]);
    expect(counts.databaseReads).toEqual({ primary: 1, replica: 0 });
  } finally {
    await primary.close();
  }
});
