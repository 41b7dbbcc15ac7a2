import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Database } from '../database/database.ts';
import type { ShopEvent } from '../effects/event.ts';
import { Counts } from '../metrics/metrics.ts';
import { loadShop } from '../seed/load.ts';
import { query, startPostgres, type TestServer } from '../testing/servers.ts';
import { TEST_BCRYPT_COST } from '../testing/shop.ts';
import { until } from '../testing/until.ts';
import type { Broker } from './broker.ts';
import { OutboxRelay } from './outbox-relay.ts';

const log = pino({ level: 'silent' });
let server: TestServer;
let database: Database;
beforeAll(async () => {
  server = await startPostgres();
  await loadShop(server.url, { seed: 7, products: 10, users: 5, bcryptCost: TEST_BCRYPT_COST });
  database = new Database({ url: server.url, poolMax: 10, applicationName: 'test' }, new Counts(), log);
});
beforeEach(async () => {
  await query(server.url, 'DELETE FROM outbox');
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

/** A broker that only writes down what it was given; `publish` may do more. */
function brokerThat(publish: (events: readonly ShopEvent[]) => Promise<void>): Broker {
  return {
    state: () => 'up',
    publish,
    consume: () => Promise.resolve(),
    list: () => Promise.resolve([]),
    replay: () => Promise.resolve(0),
    close: () => Promise.resolve(),
  };
}

const add = (count: number) =>
  query(server.url, "INSERT INTO outbox (kind, order_id) SELECT 'order.placed', n FROM generate_series(1, $1::int) n", [
    count,
  ]);
const left = async () => (await query(server.url, 'SELECT FROM outbox')).length;

test('of several relays each event is taken by one', async () => {
  const taken: number[] = [];
  const broker = brokerThat((events) => {
    taken.push(...events.map((event) => event.eventId));
    return Promise.resolve();
  });
  const counts = new Counts();
  await add(2_000);
  const relays = Array.from({ length: 5 }, () => new OutboxRelay(database, broker, counts, log));
  for (const relay of relays) relay.start();
  await until(async () => (await left()) === 0);
  await Promise.all(relays.map((relay) => relay.stop()));
  expect(taken).toHaveLength(2_000);
  expect(new Set(taken).size).toBe(2_000);
  expect(counts.eventsPublished).toBe(2_000);
});

test('what the broker did not confirm stays, and comes again', async () => {
  const taken: number[] = [];
  let broken = true;
  const broker = brokerThat((events) => {
    taken.push(...events.map((event) => event.eventId));
    return broken
      ? Promise.reject(new Error('the connection broke after the broker had taken them'))
      : Promise.resolve();
  });
  await add(3);
  const relay = new OutboxRelay(database, broker, new Counts(), log);
  relay.kick();
  await until(() => taken.length === 3);
  await relay.stop();
  expect(await left()).toBe(3);
  broken = false;
  const next = new OutboxRelay(database, broker, new Counts(), log);
  next.kick();
  await until(async () => (await left()) === 0);
  await next.stop();
  expect(taken.slice(3).toSorted()).toEqual(taken.slice(0, 3).toSorted());
});

test('an event is not seen before the order it tells of is committed, and not at all when it is not', async () => {
  const taken: number[] = [];
  const broker = brokerThat((events) => {
    taken.push(...events.map((event) => event.orderId));
    return Promise.resolve();
  });
  const relay = new OutboxRelay(database, broker, new Counts(), log);
  const failing = database.transaction(async (transaction) => {
    await transaction.query(
      { kind: 'write', text: "INSERT INTO outbox (kind, order_id) VALUES ('order.placed', 77)" },
      [],
    );
    relay.kick();
    await relay.stop();
    throw new Error('the order failed');
  });
  await expect(failing).rejects.toThrow('the order failed');
  expect(taken).toEqual([]);
  expect(await left()).toBe(0);
});
