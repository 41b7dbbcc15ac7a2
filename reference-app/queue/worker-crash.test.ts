import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Worker } from '../effects/event.ts';
import { loadShop } from '../seed/load.ts';
import type { Service } from '../service.ts';
import { freePort } from '../testing/ports.ts';
import { startRabbitmq } from '../testing/rabbitmq.ts';
import { query, startPostgres, type TestServer } from '../testing/servers.ts';
import { ask, baseUrl, serve, TEST_BCRYPT_COST } from '../testing/shop.ts';
import { startThirdParties, type TestThirdParties } from '../testing/third-parties.ts';
import { until } from '../testing/until.ts';

let database: TestServer;
let broker: TestServer;
let parties: TestThirdParties;
let shop: Service;
const running = new Set<ChildProcess>();

beforeAll(async () => {
  [database, broker, parties] = await Promise.all([startPostgres(), startRabbitmq(), startThirdParties()]);
  await loadShop(database.url, { seed: 7, products: 10, users: 10, bcryptCost: TEST_BCRYPT_COST });
  await query(database.url, 'UPDATE products SET stock_quantity = 1000');
  shop = await serve({ databaseUrl: database.url, queue: 'rabbitmq', amqpUrls: [broker.url] });
});
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await shop.stop();
  await Promise.all([database.stop(), broker.stop(), parties.stop()]);
});

async function startWorker(worker: Worker): Promise<ChildProcess> {
  const env = {
    PORT: String(await freePort()),
    WORKER: worker,
    DATABASE_URL: database.url,
    AMQP_URLS: broker.url,
    THIRD_PARTY_URL: parties.url,
    LOG_LEVEL: 'silent',
  };
  const program = fileURLToPath(new URL('../worker.ts', import.meta.url));
  const child = spawn(process.execPath, [program], { env, stdio: 'ignore' });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

test('workers that are killed in the midst of their work leave each effect done once', async () => {
  await parties.set('payment', { latency_ms: 300, calls: 1_000_000 });
  const body = { items: [{ productId: 3, quantity: 1 }], paymentMethod: 'UPI', shippingAddress: '1 Main Street' };
  const before = await parties.effects('payment/charges');
  const orders = 60;
  for (let n = 0; n < orders; n += 1) {
    expect((await ask(`${baseUrl(shop)}/api/v1/orders`, 'POST', { as: 1 + (n % 10), body })).status).toBe(201);
  }
  const charged = async () => (await parties.effects('payment/charges')) - before;
  // Each is killed as soon as it has charged some and is at the next ones.
  for (let round = 0; round < 3; round += 1) {
    const worker = await startWorker('payment');
    const reached = Math.min(await charged(), orders - 20);
    await until(async () => (await charged()) > reached, 20_000);
    worker.kill('SIGKILL');
    await until(() => !running.has(worker));
  }
  const last = await startWorker('payment');
  const confirmed = async () =>
    (await query(database.url, "SELECT FROM orders WHERE status = 'CONFIRMED' AND created_at > now() - interval '1 h'"))
      .length;
  await until(async () => (await confirmed()) === orders, 30_000);
  expect(await charged()).toBe(orders);
  const payments = await query<{ transaction: string }>(
    database.url,
    "SELECT DISTINCT transaction_id AS transaction FROM payments WHERE status = 'SUCCESS' AND transaction_id IS NOT NULL",
  );
  expect(payments).toHaveLength(orders);
  expect(await query(database.url, "SELECT FROM inbox WHERE worker = 'payment'")).toHaveLength(orders);
  expect(await query(database.url, "SELECT FROM order_events WHERE status = 'CONFIRMED'")).toHaveLength(orders);
  last.kill('SIGTERM');
  await until(() => !running.has(last));
});
