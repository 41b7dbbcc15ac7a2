import { setTimeout as wait } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WORKERS, type Worker } from '../effects/event.ts';
import { loadShop } from '../seed/load.ts';
import type { Service } from '../service.ts';
import { freePort } from '../testing/ports.ts';
import { startRabbitmq } from '../testing/rabbitmq.ts';
import { query, startPostgres, startRedis, type TestServer } from '../testing/servers.ts';
import { ask, baseUrl, serve, TEST_BCRYPT_COST } from '../testing/shop.ts';
import { startThirdParties, type TestThirdParties } from '../testing/third-parties.ts';
import { until } from '../testing/until.ts';
import { createWorker, type WorkerService } from '../worker-service.ts';
import type { Broker } from './broker.ts';
import { BullmqBroker } from './bullmq-broker.ts';
import { RabbitmqBroker } from './rabbitmq-broker.ts';

const log = pino({ level: 'silent' });
/** As the shop retries, but quicker. */
const RETRY_AFTER_MS = [100, 200, 300];
const order = { items: [{ productId: 7, quantity: 1 }], paymentMethod: 'CARD', shippingAddress: '1 Main Street' };

const KINDS = [
  {
    queue: 'rabbitmq' as const,
    start: startRabbitmq,
    connect: (url: string) => new RabbitmqBroker({ urls: [url], name: 'test', retryAfter_ms: RETRY_AFTER_MS }, log),
  },
  {
    queue: 'bullmq' as const,
    start: () => startRedis(),
    connect: (url: string) => new BullmqBroker({ urls: [url], retryAfter_ms: RETRY_AFTER_MS }, log),
  },
];

describe.each(KINDS)('with $queue', ({ queue, start, connect }) => {
  let database: TestServer;
  let server: TestServer;
  let parties: TestThirdParties;
  let shop: Service;
  let broker: Broker;
  let declared_ms: number;
  const workers = new Map<Worker, WorkerService>();

  beforeAll(async () => {
    [database, server, parties] = await Promise.all([startPostgres(), start(), startThirdParties()]);
    await loadShop(database.url, { seed: 7, products: 50, users: 60, bcryptCost: TEST_BCRYPT_COST });
    for (const party of ['payment', 'email', 'shipping', 'accounting']) await parties.set(party, { calls: 1_000_000 });
    await query(database.url, 'UPDATE products SET stock_quantity = 10000');
    broker = connect(server.url);
    shop = await serve({
      databaseUrl: database.url,
      queue,
      amqpUrls: queue === 'rabbitmq' ? [server.url] : [],
      queueRedisUrls: queue === 'bullmq' ? [server.url] : [],
    });
    for (const worker of WORKERS) await startWorker(worker);
    declared_ms = performance.now();
  });
  afterAll(async () => {
    await Promise.all(Array.from(workers.values(), (worker) => worker.stop()));
    await shop.stop();
    await broker.close();
    await Promise.all([database.stop(), server.stop(), parties.stop()]);
  });

  async function startWorker(worker: Worker): Promise<void> {
    const settings = {
      host: '127.0.0.1',
      port: await freePort(),
      databaseUrl: database.url,
      peers: {},
      serviceSecret: undefined,
      redisUrls: [],
      stampede: 'none' as const,
      queue,
      amqpUrls: [],
      queueRedisUrls: [],
      thirdPartyUrl: parties.url,
      databasePoolMax: 5,
      logLevel: 'silent',
      instanceId: worker,
      worker,
      concurrency: 10,
    };
    const service = await createWorker(settings, log, false, connect(server.url));
    await service.listen();
    workers.set(worker, service);
  }

  async function number(text: string, values: unknown[] = []): Promise<number> {
    const [row] = await query<{ n: string }>(database.url, text, values);
    return Number(row?.n);
  }
  async function place(as: number, over: object = {}): Promise<number> {
    const answer = await ask(`${baseUrl(shop)}/api/v1/orders`, 'POST', { as, body: { ...order, ...over } });
    expect(answer.status).toBe(201);
    return (answer.json as { orderId: number }).orderId;
  }
  const inState = (ids: number[], status: string) =>
    number('SELECT count(*) AS n FROM orders WHERE order_id = ANY ($1) AND status = $2', [ids, status]);
  /** Every effect that shipped orders have, counted where it happens. */
  async function expectOneEffectEach(ids: number[], charges: number, letters: number): Promise<void> {
    expect(await inState(ids, 'SHIPPED')).toBe(ids.length);
    const of = 'WHERE order_id = ANY ($1)';
    expect(await number(`SELECT count(*) AS n FROM payments ${of} AND status = 'SUCCESS'`, [ids])).toBe(ids.length);
    expect(await number(`SELECT count(*) AS n FROM notifications ${of}`, [ids])).toBe(3 * ids.length);
    expect((await parties.effects('payment/charges')) - charges).toBe(ids.length);
    await until(async () => (await parties.effects('email/messages')) - letters >= 2 * ids.length);
    expect((await parties.effects('email/messages')) - letters).toBe(2 * ids.length);
  }
  const settled = (ids: number[]) =>
    until(
      async () =>
        (await inState(ids, 'SHIPPED')) === ids.length &&
        (await number('SELECT count(*) AS n FROM notifications WHERE order_id = ANY ($1)', [ids])) === 3 * ids.length,
      15_000,
    );

  test('orders are paid, shipped, and told of; each effect happens once', async () => {
    const before = [await parties.effects('payment/charges'), await parties.effects('email/messages')] as const;
    const ids = await Promise.all(Array.from({ length: 20 }, (_, n) => place(n + 1)));
    await settled(ids);
    await expectOneEffectEach(ids, ...before);
    expect(await number('SELECT count(*) AS n FROM outbox')).toBe(0);
  });

  test('events that come again, also several at once, have no second effect', async () => {
    const before = [await parties.effects('payment/charges'), await parties.effects('email/messages')] as const;
    const ids = await Promise.all(Array.from({ length: 5 }, () => place(30)));
    await settled(ids);
    // What the payment worker has had are the events of placing, which all but shipping and accounting subscribe to.
    const rows = await query<{ event: string }>(
      database.url,
      "SELECT event_id AS event FROM inbox WHERE worker = 'payment'",
    );
    const again = rows.map((row) => ({
      eventId: Number(row.event),
      kind: 'order.placed' as const,
      orderId: ids[0] ?? 0,
    }));
    await Promise.all([1, 2, 3].map(() => broker.publish(again)));
    await until(async () => {
      const email = workers.get('email')?.counts;
      return queue === 'bullmq' || (email?.effects('email', 'duplicate') ?? 0) > 0;
    });
    await expectOneEffectEach(ids, ...before);
    expect(await number('SELECT count(*) AS n FROM inbox WHERE worker = $1', ['shipping'])).toBe(25);
  });

  test('while the broker is away orders are accepted; afterwards each effect happens once', async () => {
    const before = [await parties.effects('payment/charges'), await parties.effects('email/messages')] as const;
    // Killed right after its declaration, a quorum queue of RabbitMQ 3.10 stays without a leader: that is not what this is about.
    await wait(Math.max(0, declared_ms + 8_000 - performance.now()));
    await server.kill();
    const ids = await Promise.all(Array.from({ length: 10 }, (_, n) => place(n + 1)));
    expect(await inState(ids, 'PENDING')).toBe(10);
    expect((await ask(`${baseUrl(shop)}/health`, 'GET', {})).status).toBe(200);
    await server.start();
    await settled(ids);
    await expectOneEffectEach(ids, ...before);
    expect(await number('SELECT count(*) AS n FROM outbox')).toBe(0);
  });

  test('what fails for good is dead after four attempts, can be looked at, and begins anew', async () => {
    await parties.set('email', { outage: true });
    const charges = await parties.effects('payment/charges');
    const id = await place(40);
    // The others are not held up.
    await until(async () => (await inState([id], 'SHIPPED')) === 1);
    expect(await parties.effects('payment/charges')).toBe(charges + 1);
    await until(async () => (await broker.list('email', 10)).length === 2, 20_000);
    const dead = await broker.list('email', 10);
    expect(dead).toHaveLength(2);
    expect(dead[0]).toMatchObject({ orderId: id, error: expect.stringContaining('email') });
    expect(workers.get('email')?.counts.effects('email', 'dead')).toBe(2);
    expect(workers.get('email')?.counts.effects('email', 'retried')).toBe(6);

    const letters = await parties.effects('email/messages');
    await parties.set('email', { outage: false });
    // The circuit breaker lets a call try after five seconds.
    await until(async () => {
      await broker.replay('email', 10);
      return (await parties.effects('email/messages')) === letters + 2;
    }, 30_000);
    await until(async () => (await broker.list('email', 10)).length === 0);
  });

  test('a third party that wants fewer calls is heard, and no attempt is lost by it', async () => {
    const payment = workers.get('payment')?.counts;
    await parties.set('payment', { calls: 3, window_ms: 1_000 });
    const ids = await Promise.all(Array.from({ length: 9 }, () => place(41)));
    await settled(ids);
    await parties.set('payment', { calls: 1_000_000 });
    expect(payment?.effects('payment', 'held')).toBeGreaterThan(0);
    expect(payment?.effects('payment', 'retried')).toBe(0);
  });

  test('a declined card cancels the order and gives the stock back; a cancelled order is refunded', async () => {
    const stock = () => number('SELECT stock_quantity AS n FROM products WHERE product_id = 8');
    const before = await stock();
    await parties.set('payment', { decline_share: 1 });
    const declined = await place(42, { items: [{ productId: 8, quantity: 3 }] });
    await until(async () => (await inState([declined], 'CANCELLED')) === 1);
    expect(await stock()).toBe(before);
    await parties.set('payment', { decline_share: 0 });
    // Held back by shipping, so that there is time to cancel.
    await parties.set('shipping', { outage: true });
    const paid = await place(42, { items: [{ productId: 8, quantity: 3 }] });
    await until(async () => (await inState([paid], 'CONFIRMED')) === 1);
    const cancelled = await ask(`${baseUrl(shop)}/api/v1/orders/${paid}/cancel`, 'POST', { as: 42 });
    expect(cancelled.status).toBe(200);
    await until(
      async () =>
        (await number("SELECT count(*) AS n FROM payments WHERE order_id = $1 AND status = 'REFUNDED'", [paid])) === 1,
    );
    expect(await stock()).toBe(before);
    await parties.set('shipping', { outage: false });
  });

  test('a confirmed order is invoiced, as fast as the accounting allows; only an invoice leads to a credit note', async () => {
    const accounting = workers.get('accounting')?.counts;
    const bookings = () => parties.effects('accounting/bookings');
    const caughtUp = () =>
      until(async () => {
        const had = await number("SELECT count(*) AS n FROM inbox WHERE worker = 'accounting'");
        return (
          had === (await number("SELECT count(*) AS n FROM order_events WHERE status IN ('CONFIRMED', 'CANCELLED')"))
        );
      });
    await caughtUp();
    const before = await bookings();
    await parties.set('accounting', { calls: 2, window_ms: 1_000 });
    const ids = await Promise.all(Array.from({ length: 5 }, () => place(43)));
    await settled(ids);
    await caughtUp();
    expect(await bookings()).toBe(before + 5);
    expect(accounting?.effects('accounting', 'held')).toBeGreaterThan(0);
    expect(accounting?.effects('accounting', 'retried')).toBe(0);
    await parties.set('accounting', { calls: 1_000_000 });

    await parties.set('payment', { decline_share: 1 });
    const declined = await place(43);
    await until(async () => (await inState([declined], 'CANCELLED')) === 1);
    await caughtUp();
    expect(await bookings()).toBe(before + 5);
    await parties.set('payment', { decline_share: 0 });
    await parties.set('shipping', { outage: true });
    const paid = await place(43);
    await until(async () => (await inState([paid], 'CONFIRMED')) === 1);
    expect((await ask(`${baseUrl(shop)}/api/v1/orders/${paid}/cancel`, 'POST', { as: 43 })).status).toBe(200);
    await caughtUp();
    expect(await bookings()).toBe(before + 7);
    await parties.set('shipping', { outage: false });
  });
});
