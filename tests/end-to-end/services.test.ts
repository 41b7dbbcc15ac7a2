import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { loadPlan } from '../../cli/files.ts';
import { stepOf } from '../../cli/step-of.ts';
import type { Stack } from '../../infra/backend.ts';
import { localConfig } from '../../infra/local/config.ts';
import { createLocalBackend } from '../../infra/local/local-backend.ts';
import { query } from '../../infra/local/probes.ts';
import { processesOf, removeHome, testConfig } from '../../infra/local/testing/test-home.ts';
import { localTopology } from '../../model/topology/topology-of.ts';
import { counted, runProbe } from '../probes/run-probe.ts';

const { applications } = localConfig();
const config = testConfig({ first: 26_200, end: 26_360 }, { applications });
const backend = createLocalBackend(config);
const orderShape = z.object({ orderId: z.number(), status: z.string() });
let stack: Stack;
let token = '';

beforeAll(async () => {
  const plan = await loadPlan('amazon-shop');
  const topology = localTopology(plan, stepOf(plan, 6));
  stack = await backend.up(topology, { name: 'services', seed: 7, products: 500, users: 50 });
  const [, row = ''] = readFileSync(join(stack.feeds_dir, 'users.tsv'), 'utf8').split('\n');
  token = row.split('\t')[3] ?? '';
});

afterAll(async () => {
  await backend.down('services');
  removeHome(config);
});

describe('step 6 of the shop', () => {
  test('every process is well', async () => {
    const status = await backend.status('services');
    expect(status?.processes.filter(({ healthy }) => !healthy)).toEqual([]);
  });

  test('a page is put together from what three services know', async () => {
    for (const path of ['/products/1', '/products/1/inventory', '/products/1/recommendations']) {
      expect((await ask(path)).status).toBe(200);
    }
  });

  test(
    'an order goes through the gateway, four services, the broker and the workers',
    { timeout: 60_000 },
    async () => {
      const body = { items: [{ productId: 2, quantity: 3 }], paymentMethod: 'CARD', shippingAddress: '1 Test Street' };
      const placed = await ask('/orders', body);
      expect(placed.status).toBe(201);
      const { orderId } = orderShape.parse(await placed.json());
      const status = async (): Promise<string> =>
        orderShape.parse(await (await ask(`/orders/${orderId}`)).json()).status;
      await expect.poll(status, { timeout: 40_000, interval: 200 }).toBe('SHIPPED');
      expect(await tablesOf('order-database')).toContain('orders');
      expect(await tablesOf('user-database')).not.toContain('orders');
    },
  );

  test('a probe sees every effect of an order at the third parties', { timeout: 60_000 }, async () => {
    const plan = await loadPlan('amazon-shop');
    const seen = await runProbe({ plan, stack, backend }, 'effects-delay', 'orders: 2');
    expect(counted(seen, 'effects.awaited')).toBe(10);
    expect(counted(seen, 'effects.seen')).toBe(10);
    const mails = seen.classes.find((each) => each.class === 'effect.email');
    expect(mails).toMatchObject({ sent: 2, ok: 2 });
  });

  test('a probe gets every message out of the broker that it puts in', async () => {
    const plan = await loadPlan('amazon-shop');
    const seen = await runProbe({ plan, stack, backend }, 'broker', 'messages: 20');
    expect(counted(seen, 'broker.delivered')).toBe(20);
  });

  test('down leaves nothing', async () => {
    expect((await backend.down('services')).left).toEqual([]);
    expect(processesOf(config.home)).toEqual([]);
  });
});

function ask(path: string, body?: unknown): Promise<Response> {
  return fetch(`${stack.base_url}/api/v1${path}`, {
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', connection: 'close' },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
}

async function tablesOf(database: string): Promise<unknown[]> {
  const url = backend.connections('services')?.databases[database]?.write ?? '';
  return (await query(url, "select tablename from pg_tables where schemaname = 'public'")).map(
    (row) => row['tablename'],
  );
}
