import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'vitest';
import { z } from 'zod';
import { readRun } from 'shop-plan';
import type { RunningStack } from 'shop-plan';
import { expect, loadTest } from 'shop-plan/vitest';
import { query } from '../../infra/local/probes.ts';
import { processesOf, removeHome, testConfig } from '../../infra/local/testing/test-home.ts';
import { counted } from '../probes/run-probe.ts';

const { home, ports } = testConfig({ first: 26_200, end: 26_360 });
const orderShape = z.object({ orderId: z.number(), status: z.string() });

const test = loadTest({
  plan: 'amazon-shop',
  step: 6,
  seed: 7,
  products: 500,
  users: 50,
  home,
  ports,
  keep: join(home, 'runs'),
});

test.afterAll(async ({ stack }) => {
  await stack.stop();
  removeHome({ home });
});

describe('step 6 of the shop', () => {
  test('every process is well', async ({ stack }) => {
    const status = await stack.backend.status(stack.stack.name);
    expect(status?.processes.filter(({ healthy }) => !healthy)).toEqual([]);
  });

  test('a page is put together from what three services know', async ({ stack }) => {
    for (const path of ['/products/1', '/products/1/inventory', '/products/1/recommendations']) {
      expect((await ask(stack, path)).status).toBe(200);
    }
  });

  test(
    'an order goes through the gateway, four services, the broker and the workers',
    { timeout: 60_000 },
    async ({ stack }) => {
      const body = { items: [{ productId: 2, quantity: 3 }], paymentMethod: 'CARD', shippingAddress: '1 Test Street' };
      const placed = await ask(stack, '/orders', body);
      expect(placed.status).toBe(201);
      const { orderId } = orderShape.parse(await placed.json());
      const status = async (): Promise<string> =>
        orderShape.parse(await (await ask(stack, `/orders/${orderId}`)).json()).status;
      await expect.poll(status, { timeout: 40_000, interval: 200 }).toBe('SHIPPED');
      expect(await tablesOf(stack, 'order-database')).toContain('orders');
      expect(await tablesOf(stack, 'user-database')).not.toContain('orders');
    },
  );

  test('a probe sees every effect of an order at the third parties', { timeout: 60_000 }, async ({ drive }) => {
    const { observation: seen } = await drive(probing('effects-delay', 'orders: 2'));
    expect(counted(seen, 'effects.awaited')).toBe(10);
    expect(counted(seen, 'effects.seen')).toBe(10);
    const mails = seen.classes.find((each) => each.class === 'effect.email');
    expect(mails).toMatchObject({ sent: 2, ok: 2 });
  });

  test('a probe gets every message out of the broker that it puts in', async ({ drive }) => {
    const { observation } = await drive(probing('broker', 'messages: 20'));
    expect(counted(observation, 'broker.delivered')).toBe(20);
  });

  // How fast it was is no matter here: whether a run is valid depends on what else the machine does.
  test('a load test finds every write, and is kept as it was', async ({ drive }) => {
    const run = await drive({ name: 'orders.yaml', text: ORDERS });
    expect(run).toHaveLostNothing();
    expect(run.judgement.verdicts.map(({ criterion }) => criterion.text)).toEqual(['reached >= 90 %']);
    const { observation, judgement, setting } = await readRun(run.kept ?? '');
    expect({ observation, judgement }).toEqual({ observation: run.observation, judgement: run.judgement });
    expect(setting?.tiers.map(({ id }) => id)).toContain('order-service');
  });

  test('stopping leaves nothing, and may be done again', async ({ stack }) => {
    expect((await stack.stop()).stopped).not.toEqual([]);
    expect(processesOf(home)).toEqual([]);
    expect((await stack.stop()).stopped).toEqual([]);
  });
});

const ORDERS = `scenario: orders
plan: amazon-shop
phases:
  - { name: warm-up, duration: 1 s, rate: 20 req/s, judged: no }
  - { name: load, duration: 4 s, rate: 30 req/s }
checks: [writes]
expect: [reached >= 90 %]
`;

/** A scenario of one phase, which a probe drives; `parameters` as under `with`. */
function probing(probe: string, parameters: string): { name: string; text: string } {
  const phase = `{ name: probed, duration: 30 s, probe: ${probe}, with: { ${parameters} } }`;
  return { name: 'probed.yaml', text: `scenario: probed\nplan: amazon-shop\nphases: [${phase}]\n` };
}

function ask({ stack, base_url }: RunningStack, path: string, body?: unknown): Promise<Response> {
  const [, row = ''] = readFileSync(join(stack.feeds_dir, 'users.tsv'), 'utf8').split('\n');
  const token = row.split('\t')[3] ?? '';
  return fetch(`${base_url}/api/v1${path}`, {
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', connection: 'close' },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
}

async function tablesOf({ backend, stack }: RunningStack, database: string): Promise<unknown[]> {
  const url = backend.connections(stack.name)?.databases[database]?.write ?? '';
  return (await query(url, "select tablename from pg_tables where schemaname = 'public'")).map(
    (row) => row['tablename'],
  );
}
