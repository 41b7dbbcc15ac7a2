import { describe, expect, it } from 'vitest';
import { projectOf, COMPOSED, titleOf, topologyOf } from './projects.ts';
import { WORKERS } from '../../reference-app/effects/event.ts';
import { readSettings, readWorkerSettings } from '../../reference-app/settings.ts';

const SECRET = '0'.repeat(48);

/** The environment of a container, as Compose would hand it on. */
function environmentOf(title: string, id: string): Readonly<Record<string, string>> {
  const service = projectOf(topologyOf(title)).compose.services[id];
  if (service === undefined) throw new Error(`${title} has no ${id}`);
  return filled(service.environment ?? {});
}

function filled(environment: Readonly<Record<string, string>>): Record<string, string> {
  const values = Object.entries(environment).map(([name, value]) => [name, value.replaceAll(/\$\{\w+:\?\}/g, SECRET)]);
  return Object.fromEntries(values);
}

const shops = COMPOSED.filter(({ application }) => application === 'shop');

describe.each(shops.map((topology) => [titleOf(topology), topology] as const))('%s', (_, topology) => {
  const services = Object.entries(projectOf(topology).compose.services);
  const programs = services.filter(([, { image }]) => image.startsWith('shop-plan-application'));
  const isWorker = ([, { labels }]: (typeof programs)[number]): boolean => labels['shop-plan.role'] === 'worker';
  const isApp = ([, { command = [] }]: (typeof programs)[number]): boolean =>
    command.at(-1)?.endsWith('server.ts') === true;

  it('tells its instances what they can be told', () => {
    const apps = programs.filter(isApp);
    expect(apps.length).toBeGreaterThan(0);
    for (const [id, { environment = {} }] of apps) expect(readSettings(filled(environment)).instanceId).toBe(id);
  });

  it('tells its workers what they can be told', () => {
    const known: readonly string[] = WORKERS;
    const workers = programs
      .filter(isWorker)
      .filter(([, { environment }]) => known.includes(environment?.['WORKER'] ?? ''));
    for (const [id, { environment = {} }] of workers) {
      expect(readWorkerSettings(filled(environment)).instanceId).toBe(id);
    }
    expect(workers.length > 0).toBe(topology.tiers.some(({ kind }) => kind === 'worker'));
  });
});

it('tells a service which one it is, and where those are that it calls', () => {
  const environment = environmentOf('amazon-shop 6', 'order-service-1');
  expect(environment).toMatchObject({
    SERVICE: 'order',
    SERVICE_SECRET: SECRET,
    DATABASE_URL: `postgres://shop_order_database:${SECRET}@order-database-1:5432/shop_order_database`,
    PRODUCT_SERVICE_URL: 'http://product-service-1:3000',
    PAYMENT_SERVICE_URL: 'http://payment-service-1:3000',
    USER_SERVICE_URL: 'http://user-service-1:3000',
    INVENTORY_SERVICE_URL: 'http://inventory-service-1:3000',
    RATE_LIMITS: 'off',
    OBJECT_STORE_URL: `http://shop:${SECRET}@object-store-1:8080/images`,
    OBJECT_STORE_KIND: 'webdav',
    IMAGES_URL: `http://127.0.0.1:${SECRET}`,
  });
  expect(environment).not.toHaveProperty('RECOMMENDATION_SERVICE_URL');
});

it('tells the seeder of a service the same service, and its own database', () => {
  expect(environmentOf('amazon-shop 6', 'user-database-seed')).toMatchObject({
    SERVICE: 'user',
    DATABASE_URL: `postgres://shop_user_database:${SECRET}@user-database-1:5432/shop_user_database`,
  });
});

it('tells a worker of its own third party and of its jobs', () => {
  expect(environmentOf('order-management 2', 'payment-worker-1')).toMatchObject({
    WORKER: 'payment',
    QUEUE: 'bullmq',
    QUEUE_REDIS_URL: `redis://:${SECRET}@queue-1:6379`,
    REDIS_URL: `redis://:${SECRET}@cache-1:6379`,
    THIRD_PARTY_URL: 'http://stripe-1:3000',
  });
});

it('tells the application of the primary by one port and of replicas by the next', () => {
  const at = (port: number): string => `postgres://shop:${SECRET}@database-proxy-1:${port}/shop`;
  expect(environmentOf('order-management 2', 'app-1')).toMatchObject({
    DATABASE_URL: at(5432),
    DATABASE_READ_URL: at(5433),
  });
});

it('tells of all shards in their order', () => {
  const at = (port: number): string => `postgres://shop:${SECRET}@database-proxy-1:${port}/shop`;
  expect(environmentOf('url-shortener 3', 'app-1')).toMatchObject({
    SHARDING: 'consistent-hash',
    DATABASE_URL: [5432, 5434, 5436, 5438].map(at).join(','),
    DATABASE_READ_URL: [5433, 5435, 5437, 5439].map(at).join(','),
  });
});

it('tells third parties where the shop hears of payments', () => {
  expect(environmentOf('amazon-shop 6', 'third-parties-1')).toMatchObject({
    WEBHOOK_URL: 'http://gateway-1:8080/api/v1/webhooks/payment',
    WEBHOOK_SECRET: SECRET,
  });
});
