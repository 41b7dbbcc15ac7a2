import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ShopEvent, Worker } from '../effects/event.ts';
import type { Peer } from '../internal/peers.ts';
import type { Broker } from '../queue/broker.ts';
import { freePort } from '../testing/ports.ts';
import { startServices, TEST_SERVICE_SECRET, type TestServices } from '../testing/services.ts';
import { createWorker, type WorkerService } from '../worker-service.ts';

let services: TestServices;
const workers: WorkerService[] = [];
beforeAll(async () => {
  services = await startServices();
  await services.parties.set('accounting', { calls: 1_000_000 });
  // It would act on events of its own.
  await services.stopOne('order');
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  await services.stop();
});

type Act = (event: ShopEvent) => Promise<void>;

/** A worker of step 6, which is handed its events by the test. */
async function startWorker(worker: Worker, ...peers: Peer[]): Promise<Act> {
  const consuming = Promise.withResolvers<Act>();
  const broker: Broker = {
    // Not up: what is in the outbox stays there.
    state: () => 'down',
    publish: () => Promise.reject(new Error('not here')),
    consume: (_worker, act) => Promise.resolve(consuming.resolve(act)),
    list: () => Promise.resolve([]),
    replay: () => Promise.resolve(0),
    close: () => Promise.resolve(),
  };
  const settings = {
    host: '127.0.0.1',
    port: await freePort(),
    peers: Object.fromEntries(peers.map((peer) => [peer, [services.url(peer)]])),
    serviceSecret: TEST_SERVICE_SECRET,
    databaseUrl: services.databaseUrl('order'),
    redisUrls: [],
    stampede: 'none' as const,
    queue: 'rabbitmq' as const,
    amqpUrls: [],
    queueRedisUrls: [],
    thirdPartyUrl: services.parties.url,
    databasePoolMax: 4,
    logLevel: 'silent',
    instanceId: worker,
    worker,
    concurrency: 5,
  };
  const service = await createWorker(settings, pino({ level: 'silent' }), false, broker);
  workers.push(service);
  await service.listen();
  return await consuming.promise;
}

// Later than any that this database has given out: they are microseconds.
let eventId = (Date.now() + 3_600_000) * 1_000;

/** An order whose event the order service itself leaves alone for an hour. */
async function place(productId: number, quantity: number): Promise<{ event: ShopEvent; reservationId: string }> {
  const reservationId = randomUUID();
  const lines = [{ productId, quantity }];
  expect((await services.tell('inventory', '/reservations', { reservationId, lines })).json).toMatchObject({
    outcome: 'reserved',
  });
  const [row] = await services.sql<{ id: string }>(
    'order',
    `SELECT order_id AS id FROM accept_order(3, ARRAY[$1::bigint], ARRAY[$2::integer], ARRAY[100::bigint], 'COD', '1 Main Street', NULL, NULL,
                                             NULL, $3, '{}', interval '1 h', interval '1 h')`,
    [productId, quantity, reservationId],
  );
  return { event: { eventId: (eventId += 1), kind: 'order.placed', orderId: Number(row?.id) }, reservationId };
}
const stateOf = async (reservationId: string) =>
  (
    await services.sql<{ state: string }>('inventory', 'SELECT state FROM reservations WHERE reservation_id = $1', [
      reservationId,
    ])
  )[0]?.state;
const statusOf = async (orderId: number) =>
  (await services.sql<{ status: string }>('order', 'SELECT status FROM orders WHERE order_id = $1', [orderId]))[0]
    ?.status;

test('the stock worker confirms what an order reserved, and gives it back for good when it is cancelled', async () => {
  const act = await startWorker('stock', 'inventory');
  const { event, reservationId } = await place(40, 2);
  await act(event);
  await act(event);
  expect(await stateOf(reservationId)).toBe('CONFIRMED');
  await services.sql('order', 'SELECT cancel_order($1, NULL, true)', [event.orderId]);
  await act({ eventId: (eventId += 1), kind: 'order.cancelled', orderId: event.orderId });
  expect(await stateOf(reservationId)).toBe('CANCELLED');
});

test('an order whose reservation expired, and whose stock was sold since, is cancelled', async () => {
  const act = await startWorker('stock', 'inventory');
  const { event, reservationId } = await place(41, 1);
  await services.tell('inventory', '/reservations/release', { reservationId, final: false });
  await services.sql('inventory', 'UPDATE stock SET stock_quantity = 0 WHERE product_id = 41');
  await act(event);
  expect(await statusOf(event.orderId)).toBe('CANCELLED');
});

test('an event from before the database was loaded is of another order, and left alone', async () => {
  const { event, reservationId } = await place(44, 1);
  const act = await startWorker('stock', 'inventory');
  await act({ ...event, eventId: 1 });
  expect(await stateOf(reservationId)).toBe('HELD');
  await act(event);
  expect(await stateOf(reservationId)).toBe('CONFIRMED');
});

test('the email worker asks the user service where a letter goes', async () => {
  const letters = await services.parties.effects('email/messages');
  const { event } = await place(42, 1);
  const lost = await startWorker('email');
  await expect(lost(event)).rejects.toThrow('nobody knows where the letter goes');
  const act = await startWorker('email', 'user');
  await act(event);
  await act(event);
  expect(await services.parties.effects('email/messages')).toBe(letters + 1);
});

test('a payment worker charges nothing: the order service’s errands do', async () => {
  const charges = await services.parties.effects('payment/charges');
  const { event } = await place(43, 1);
  await services.sql('order', "UPDATE payments SET payment_method = 'CARD' WHERE order_id = $1", [event.orderId]);
  await (
    await startWorker('payment')
  )(event);
  expect(await services.parties.effects('payment/charges')).toBe(charges);
  expect(await statusOf(event.orderId)).toBe('PENDING');
});
