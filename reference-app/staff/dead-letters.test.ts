import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Role } from '../auth/roles.ts';
import { deadLetters, replayed } from '../openapi/answers.ts';
import type { Broker } from '../queue/broker.ts';
import { BullmqBroker } from '../queue/bullmq-broker.ts';
import { RabbitmqBroker } from '../queue/rabbitmq-broker.ts';
import { loadShop } from '../seed/load.ts';
import type { Service } from '../service.ts';
import { freePort } from '../testing/ports.ts';
import { startRabbitmq } from '../testing/rabbitmq.ts';
import { startPostgres, startRedis, type TestServer } from '../testing/servers.ts';
import { ask, baseUrl, serve, TEST_BCRYPT_COST } from '../testing/shop.ts';
import { until } from '../testing/until.ts';

const log = pino({ level: 'silent' });
const KINDS = [
  {
    queue: 'rabbitmq' as const,
    start: startRabbitmq,
    connect: (url: string) => new RabbitmqBroker({ urls: [url], name: 'test', retryAfter_ms: [] }, log),
  },
  {
    queue: 'bullmq' as const,
    start: () => startRedis(),
    connect: (url: string) => new BullmqBroker({ urls: [url], retryAfter_ms: [] }, log),
  },
];

describe.each(KINDS)('with $queue', ({ queue, start, connect }) => {
  let database: TestServer;
  let server: TestServer;
  let shop: Service;
  /** The email worker's side of the broker: whatever comes fails at once, until it is told otherwise. */
  let worker: Broker;
  let works = false;
  const delivered: number[] = [];

  beforeAll(async () => {
    [database, server] = await Promise.all([startPostgres(), start()]);
    await loadShop(database.url, { seed: 7, products: 10, users: 10, bcryptCost: TEST_BCRYPT_COST });
    shop = await serve({ databaseUrl: database.url, queue, amqpUrls: [server.url], queueRedisUrls: [server.url] });
    worker = connect(server.url);
    const act = (event: { orderId: number }): Promise<void> => {
      if (!works) return Promise.reject(new Error('no such mailbox'));
      delivered.push(event.orderId);
      return Promise.resolve();
    };
    await worker.consume('email', act, { concurrency: 1, onRetry: () => undefined });
  });
  afterAll(async () => {
    await worker.close();
    await shop.stop();
    await Promise.all([database.stop(), server.stop()]);
  });

  const send = (method: string, path: string, role?: Role, body?: unknown) =>
    ask(`${baseUrl(shop)}/api/v1${path}`, method, {
      ...(role === undefined ? {} : { as: 9, role }),
      ...(body === undefined ? {} : { body }),
    });
  const list = async (more = '') => {
    const answer = await send('GET', `/admin/dead-letters?worker=email${more}`, 'manager');
    return deadLetters.parse(answer.json).deadLetters;
  };
  const replay = async (body: object) =>
    replayed.parse((await send('POST', '/admin/dead-letters/replay', 'admin', body)).json).replayed;

  async function place(): Promise<number> {
    const body = { items: [{ productId: 3, quantity: 1 }], paymentMethod: 'CARD', shippingAddress: '1 Main Street' };
    const answer = await ask(`${baseUrl(shop)}/api/v1/orders`, 'POST', { as: 1, body });
    return z.object({ orderId: z.int() }).parse(answer.json).orderId;
  }

  test('what died can be looked at again and again', async () => {
    const orderIds = [await place(), await place(), await place()];
    await until(async () => (await list()).length === 3);
    const letters = await list();
    expect(letters.map(({ orderId }) => orderId).toSorted()).toEqual(orderIds.toSorted());
    expect(letters[0]).toMatchObject({ kind: 'order.placed', error: expect.stringContaining('no such mailbox') });
    expect(await list('&limit=2')).toHaveLength(2);
    await until(async () => (await list()).length === 3);
    const other = await send('GET', '/admin/dead-letters?worker=accounting', 'manager');
    expect(deadLetters.parse(other.json).deadLetters).toEqual([]);
  });

  test('managers look, admins replay, everybody else is refused, and all of it is written down', async () => {
    const body = { worker: 'email' };
    const looks = (role?: Role) => send('GET', '/admin/dead-letters?worker=email', role);
    const replays = (role?: Role) => send('POST', '/admin/dead-letters/replay', role, body);
    expect([(await looks()).status, (await replays()).status]).toEqual([401, 401]);
    for (const role of ['customer', 'viewer', 'employee'] as const) {
      expect([(await looks(role)).status, (await replays(role)).status]).toEqual([403, 403]);
    }
    expect((await replays('manager')).status).toBe(403);
    const { json } = await send('GET', '/admin/audit?limit=2', 'admin');
    expect(json).toMatchObject({
      entries: [
        { action: 'audit.read', allowed: true },
        { role: 'manager', action: 'dead_letters.replay', subject: 'email', allowed: false },
      ],
    });
    await until(async () => (await list()).length === 3);
  });

  test.for([
    ['GET', '/admin/dead-letters', undefined],
    ['GET', '/admin/dead-letters?worker=postman', undefined],
    ['GET', '/admin/dead-letters?worker=email&worker=stock', undefined],
    ['GET', '/admin/dead-letters?worker=email&limit=101', undefined],
    ['GET', '/admin/dead-letters?worker=email&limit=0', undefined],
    ['POST', '/admin/dead-letters/replay', {}],
    ['POST', '/admin/dead-letters/replay', { worker: 'email', limit: 0 }],
    ['POST', '/admin/dead-letters/replay', { worker: 'email', limit: 1.5 }],
    ['POST', '/admin/dead-letters/replay', { worker: 'email', all: true }],
  ] as const)('%s %s %j is not understood', async ([method, path, body]) => {
    expect(await send(method, path, 'admin', body)).toMatchObject({ status: 400, json: { error: {} } });
  });

  test('a replay lets as many begin anew as it is told; what fails again is dead again, what works is gone', async () => {
    expect(await replay({ worker: 'email', limit: 1 })).toBe(1);
    await until(async () => (await list()).length === 3);
    works = true;
    expect(await replay({ worker: 'email', limit: 2 })).toBe(2);
    await until(() => delivered.length === 2);
    expect(await list()).toHaveLength(1);
    // Two at once do not take the same one.
    const counts = await Promise.all([replay({ worker: 'email' }), replay({ worker: 'email' })]);
    expect(counts[0] + counts[1]).toBe(1);
    await until(() => delivered.length === 3);
    expect(new Set(delivered).size).toBe(3);
    expect(await list()).toEqual([]);
  });

  test('while the broker is away a question about the dead is answered with 503', async () => {
    const url = Object.assign(new URL(server.url), { port: await freePort() }).href;
    const cutOff = await serve({ databaseUrl: database.url, queue, amqpUrls: [url], queueRedisUrls: [url] });
    try {
      const asked = (method: string, path: string, body?: object) =>
        ask(`${baseUrl(cutOff)}/api/v1/admin/dead-letters${path}`, method, { as: 9, role: 'admin', body });
      for (const answer of [await asked('GET', '?worker=email'), await asked('POST', '/replay', { worker: 'email' })]) {
        expect(answer).toMatchObject({ status: 503, json: { error: { code: 'UNAVAILABLE' } } });
        expect(answer.headers.get('retry-after')).toBe('1');
      }
    } finally {
      await cutOff.stop();
    }
  });
});
