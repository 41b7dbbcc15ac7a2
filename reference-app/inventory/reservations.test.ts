import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { noCache } from '../cache/cache.ts';
import { Database } from '../database/database.ts';
import { Counts } from '../metrics/metrics.ts';
import { loadShop } from '../seed/load.ts';
import { query, startPostgres, type TestServer } from '../testing/servers.ts';
import { TEST_BCRYPT_COST } from '../testing/shop.ts';
import { ReservationStore } from './reservation-store.ts';

let server: TestServer;
let database: Database;
let reservations: ReservationStore;
/** Holds nothing: what it reserves has expired at once. */
let hasty: ReservationStore;
beforeAll(async () => {
  server = await startPostgres();
  await loadShop(server.url, { seed: 7, products: 5, users: 5, bcryptCost: TEST_BCRYPT_COST, service: 'inventory' });
  const options = { url: server.url, poolMax: 10, applicationName: 'test' };
  database = new Database(options, new Counts(), pino({ level: 'silent' }));
  reservations = new ReservationStore(database, noCache);
  hasty = new ReservationStore(database, noCache, -1);
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

const stock = async () =>
  (await query<{ n: number }>(server.url, 'SELECT stock_quantity AS n FROM stock ORDER BY product_id')).map(
    ({ n }) => n,
  );
beforeEach(async () => {
  await query(server.url, 'UPDATE stock SET stock_quantity = 10');
  // What a test left held would expire in the next one.
  await query(server.url, "UPDATE reservations SET state = 'CANCELLED'");
});
const lines = (quantity: number, ...ids: number[]) => ids.map((productId) => ({ productId, quantity }));

test('all lines or none, and what lacks is told', async () => {
  const refused = await reservations.reserve(randomUUID(), [...lines(10, 1), ...lines(11, 2), ...lines(1, 77)]);
  expect(refused).toEqual({
    outcome: 'out_of_stock',
    lacking: [
      { productId: 2, requested: 11, available: 10 },
      { productId: 77, requested: 1, available: null },
    ],
  });
  expect(await stock()).toEqual([10, 10, 10, 10, 10]);
});

test('asking again reserves nothing more, and releasing again gives back nothing more', async () => {
  const id = randomUUID();
  await Promise.all(Array.from({ length: 5 }, () => reservations.reserve(id, lines(3, 1, 2))));
  expect((await stock()).slice(0, 2)).toEqual([7, 7]);
  await Promise.all(Array.from({ length: 5 }, () => reservations.release(id, false)));
  expect((await stock()).slice(0, 2)).toEqual([10, 10]);
  expect(await reservations.reserve(id, lines(3, 1, 2))).toMatchObject({ outcome: 'reserved' });
});

test('what nobody confirms expires; what was confirmed, or asked for again, does not', async () => {
  const [left, kept, renewed] = [randomUUID(), randomUUID(), randomUUID()];
  for (const id of [left, kept, renewed]) await hasty.reserve(id, lines(2, 1));
  expect(await hasty.confirm(kept, 1, lines(2, 1))).toBe('confirmed');
  await reservations.reserve(renewed, lines(2, 1));
  expect([await reservations.expireOne(), await reservations.expireOne()]).toEqual([true, false]);
  expect((await stock())[0]).toBe(6);
});

test('an order that is confirmed late has what is left, or is lost; then nothing is taken', async () => {
  const [early, late] = [randomUUID(), randomUUID()];
  await hasty.reserve(early, lines(8, 3));
  await reservations.expireOne();
  expect(await reservations.confirm(early, 5, lines(8, 3))).toBe('confirmed');
  await hasty.reserve(late, lines(2, 3, 4));
  await reservations.expireOne();
  await reservations.reserve(randomUUID(), lines(1, 3));
  expect(await reservations.confirm(late, 6, lines(2, 3, 4))).toBe('lost');
  expect((await stock()).slice(2, 4)).toEqual([1, 10]);
});

test('a cancellation is for good, whichever comes first', async () => {
  const [before, after] = [randomUUID(), randomUUID()];
  await reservations.release(before, true);
  expect(await reservations.confirm(before, 7, lines(1, 5))).toBe('cancelled');
  expect(await reservations.reserve(before, lines(1, 5))).toMatchObject({ outcome: 'cancelled' });
  await reservations.reserve(after, lines(4, 5));
  await reservations.confirm(after, 8, lines(4, 5));
  await reservations.release(after, false);
  expect((await stock())[4]).toBe(6);
  await reservations.release(after, true);
  expect((await stock())[4]).toBe(10);
});

test('many at once, over the same products in any order: never below nothing, and it adds up', async () => {
  const ids = Array.from({ length: 40 }, () => randomUUID());
  const outcomes = await Promise.all(
    ids.map(async (id, n) => {
      const wanted = n % 2 === 0 ? lines(1, 1, 2, 3) : lines(1, 3, 2, 1);
      const { outcome } = await (n % 5 === 0 ? hasty : reservations).reserve(id, wanted);
      if (n % 4 === 0) await reservations.release(id, n % 8 === 0);
      if (n % 5 === 0) await reservations.expireOne();
      return outcome;
    }),
  );
  expect(outcomes).toContain('reserved');
  while (await reservations.expireOne());
  const [held] = await query<{ n: number }>(
    server.url,
    "SELECT count(*)::int AS n FROM reservations WHERE state = 'HELD' AND reservation_id = ANY ($1::uuid[])",
    [ids],
  );
  expect((await stock()).slice(0, 3)).toEqual([0, 0, 0].map(() => 10 - (held?.n ?? 0)));
});
