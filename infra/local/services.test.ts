import { get } from 'node:http';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Stack } from '../backend.ts';
import { z } from 'zod';
import { createLocalBackend } from './local-backend.ts';
import { isListening } from './ports.ts';
import { query } from './probes.ts';
import { killStarterAfter } from './testing/kill-starter.ts';
import { locksOf, processesOf, removeHome, servicesTopology, testConfig, withTier } from './testing/test-home.ts';

const config = testConfig({ first: 26_000, end: 26_160 });
const backend = createLocalBackend(config);
const topology = withTier(servicesTopology(), 'inventory-service', { instances: 2 });
const START_MS = 8_000;
const KILLS = 4;
let stack: Stack;

beforeAll(async () => {
  stack = await backend.up(topology, { name: 'shop', seed: 1, products: 1, users: 1 });
}, 60_000);

afterAll(async () => {
  for (const name of backend.names()) await backend.down(name);
  removeHome(config);
});

test('all are well, each service with its name for a role', async () => {
  const status = await backend.status('shop');
  expect(status?.processes.filter(({ healthy }) => !healthy)).toEqual([]);
  const roles = stack.processes.filter(({ tier }) => tier.endsWith('-service')).map(({ id, role }) => `${id} ${role}`);
  expect(roles.toSorted()).toEqual([
    'inventory-service-1 inventory',
    'inventory-service-2 inventory',
    'order-service-1 order',
    'product-service-1 product',
    'user-service-1 user',
  ]);
  expect(status?.processes.find(({ id }) => id === 'queue-1')).toMatchObject({ role: 'queue' });
});

test('a service that only the gateway calls can be deployed, and switched back', async () => {
  await expect(backend.deploy('shop', { tier: 'user-service', watch_s: 0 })).rejects.toThrow(
    '`order-service`, `email-worker` call `user-service` past the balancer',
  );
  const old = stack.processes.find(({ id }) => id === 'order-service-1');
  const answered = async (): Promise<string> => (await fetch(`http://127.0.0.1:${old?.port}/metrics`)).text();
  const deployed = await backend.deploy('shop', { tier: 'order-service', watch_s: 0 });
  expect(deployed).toMatchObject({ live: ['order-service-1-green'], waiting: ['order-service-1'] });
  const before = countOf(await answered());
  expect((await fetch(`${stack.base_url}/api/v1/orders/1`)).status).toBe(200);
  // The one question before this one, and none from the gateway.
  expect(countOf(await answered())).toBe(before + 1);
  expect(await backend.rollBack('shop')).toMatchObject({ live: ['order-service-1'] });
  expect((await fetch(`${stack.base_url}/api/v1/orders/1`)).status).toBe(200);
});

function countOf(metrics: string): number {
  return Number(/status="200"} (\d+)/.exec(metrics)?.[1] ?? 0);
}

describe('the gateway', () => {
  test.each([
    ['/api/v1/products', 'product'],
    ['/api/v1/products/7', 'product'],
    ['/api/v1/products/7/inventory', 'inventory'],
    ['/api/v1/products/7/inventoryless', 'product'],
    ['/api/v1/search?q=/internal', 'product'],
    ['/api/v1/openapi.json', 'product'],
    ['/api/v1/orders/1/track', 'order'],
    ['/api/v1/admin/orders/1', 'order'],
    ['/api/v1/admin/users/1/role', 'user'],
    ['/api/v1/inventory/1/pick', 'inventory'],
  ])('sends %s to the service that owns it, as it came', async (path, service) => {
    expect(await ask(path)).toEqual({ status: 200, body: { service, url: path } });
  });

  test.each([
    '/internal/reservations',
    '/api/v1/internal/reservations',
    '/api/v1/internal/../products/1',
    '/api/v1/INTERNAL/../products/1',
    '/api/v1/products/..%2finternal/reservations',
    '/api/v1/products/%2e%2e/internal/reservations',
    '/metrics',
    '/environment',
    '/api/v1/metrics',
    '/api/v1/productsinternal',
  ])('does not let %s through', async (path) => {
    expect(await ask(path)).toMatchObject({ status: 404 });
  });

  test('says which service is not well', async () => {
    for (const path of ['/health', '/ready', '/api/v1/health']) {
      expect(await ask(path)).toEqual({ status: 200, body: 'all services are well\n' });
    }
    process.kill(pidOf('product-service-1'), 'SIGSTOP');
    try {
      expect(await ask('/health')).toEqual({ status: 503, body: 'product-service is not well\n' });
      expect(await ask('/api/v1/orders/1')).toMatchObject({ status: 200 });
    } finally {
      process.kill(pidOf('product-service-1'), 'SIGCONT');
    }
    await expect.poll(async () => (await ask('/health')).status, { timeout: 20_000 }).toBe(200);
  });
});

describe('databases', () => {
  test('each is filled by its own service and known to nobody else', async () => {
    const databases = backend.connections('shop')?.databases ?? {};
    expect(Object.keys(databases).toSorted()).toEqual(
      ['inventory', 'order', 'product', 'user'].map((service) => `${service}-database`),
    );
    for (const [id, { write }] of Object.entries(databases)) {
      expect(await query(write, 'select service from owner')).toEqual([{ service: id.replace('-database', '') }]);
      const others = Object.keys(databases).filter((other) => other !== id);
      for (const other of others) await expect(query(at(write, other), 'select 1')).rejects.toThrow('authentication');
    }
  });

  test('a password at another tells nothing', async () => {
    const databases = backend.connections('shop')?.databases ?? {};
    const order = new URL(databases['order-database']?.write ?? '');
    const user = new URL(databases['user-database']?.write ?? '');
    user.password = order.password;
    await expect(query(user.href, 'select 1')).rejects.toThrow('authentication');
  });
});

describe('what programs are told', () => {
  test('a service: which one it is, where those are that it calls, and the common secret', async () => {
    const order = await environmentOf('order-service-1');
    const product = await environmentOf('product-service-1');
    expect(order).toMatchObject({
      SERVICE: 'order',
      SERVICE_SECRET: expect.stringMatching(/^.{32,}$/),
      DATABASE_URL: backend.connections('shop')?.databases['order-database']?.write,
      PRODUCT_SERVICE_URL: urlOf('product-service-1'),
      INVENTORY_SERVICE_URL: `${urlOf('inventory-service-1')},${urlOf('inventory-service-2')}`,
      USER_SERVICE_URL: urlOf('user-service-1'),
      REDIS_URL: backend.connections('shop')?.redis['cache-1'],
      QUEUE_REDIS_URL: backend.connections('shop')?.redis['queue-1'],
      QUEUE: 'bullmq',
      RATE_LIMITS: 'off',
      THIRD_PARTY_URL: urlOf('bank-1'),
    });
    expect(product).toMatchObject({ SERVICE: 'product', SERVICE_SECRET: order['SERVICE_SECRET'] });
    expect(product['USER_SERVICE_URL']).toBeUndefined();
    expect(await environmentOf('user-service-1')).not.toHaveProperty('REDIS_URL');
  });

  test('a worker: the database that it calls, its services, its own third party', async () => {
    expect(await environmentOf('email-worker-1')).toMatchObject({
      WORKER: 'email',
      DATABASE_URL: backend.connections('shop')?.databases['order-database']?.write,
      USER_SERVICE_URL: urlOf('user-service-1'),
      SERVICE_SECRET: (await environmentOf('order-service-1'))['SERVICE_SECRET'],
      QUEUE_REDIS_URL: backend.connections('shop')?.redis['queue-1'],
      THIRD_PARTY_URL: urlOf('mailer-1'),
    });
  });

  test('third parties: where the gateway takes their word, and what they sign it with', async () => {
    expect(await environmentOf('mailer-1')).toMatchObject({
      WEBHOOK_URL: `${stack.base_url}/api/v1/webhooks/payment`,
      WEBHOOK_SECRET: (await environmentOf('order-service-1'))['WEBHOOK_SECRET'],
    });
  });
});

test('a queue outlives a down, a cache does not', { timeout: 60_000 }, async () => {
  const set = async (id: string): Promise<void> =>
    await withRedis(id, async (client) => void (await client.set('kept', 'yes')));
  await set('queue-1');
  await set('cache-1');
  const ports = stack.processes.map(({ port }) => port);
  expect((await backend.down('shop')).left).toEqual([]);
  expect(processesOf(config.home)).toEqual([]);
  expect(await Promise.all(ports.map(isListening))).not.toContain(true);
  stack = await backend.up(topology, { name: 'shop', seed: 1, products: 1, users: 1 });
  expect(await withRedis('queue-1', async (client) => await client.get('kept'))).toBe('yes');
  expect(await withRedis('queue-1', async (client) => await client.config('GET', 'maxmemory-policy'))).toContain(
    'noeviction',
  );
  expect(await withRedis('cache-1', async (client) => await client.get('kept'))).toBeNull();
});

test('a starter killed at any moment leaves nothing that `down` does not clean up', { timeout: 90_000 }, async () => {
  await backend.down('shop');
  for (let kill = 0; kill < KILLS; kill += 1) {
    const kill_after_ms = ((kill + Math.random()) / KILLS) * START_MS;
    await killStarterAfter(kill_after_ms, 'services', config);
    const { left } = await backend.down('victim');
    const after = { processes: processesOf(config.home), locks: locksOf(config.home), left };
    expect({ kill_after_ms, ...after }).toEqual({ kill_after_ms, processes: [], locks: [], left: [] });
  }
});

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Asks the gateway with the path as it stands: fetch would resolve it first. */
function ask(path: string): Promise<Answer> {
  const { port } = new URL(stack.base_url);
  return new Promise((resolve, reject) => {
    const request = get({ port, host: '127.0.0.1', path, agent: false }, (response) => {
      response.setEncoding('utf8');
      let text = '';
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: parsed(text) }));
    });
    request.once('error', reject);
  });
}

function parsed(text: string): unknown {
  return text.startsWith('{') ? JSON.parse(text) : text;
}

async function environmentOf(id: string): Promise<Readonly<Record<string, unknown>>> {
  const answer: unknown = await (await fetch(`${urlOf(id)}/environment`)).json();
  return z.record(z.string(), z.unknown()).parse(answer);
}

function urlOf(id: string): string {
  return `http://127.0.0.1:${stack.processes.find((process) => process.id === id)?.port}`;
}

function pidOf(id: string): number {
  const pid = stack.processes.find((process) => process.id === id)?.pid;
  if (pid === undefined) throw new Error(`the stack has no \`${id}\``);
  return pid;
}

/** The same credentials at the server of another database. */
function at(url: string, tier: string): string {
  const moved = new URL(url);
  moved.port = String(stack.processes.find((process) => process.tier === tier)?.port);
  return moved.href;
}

async function withRedis<T>(id: string, work: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(backend.connections('shop')?.redis[id] ?? '');
  try {
    return await work(client);
  } finally {
    client.disconnect();
  }
}
