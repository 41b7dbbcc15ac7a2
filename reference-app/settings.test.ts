import { expect, test } from 'vitest';
import { readSettings, readWorkerSettings, SettingsError } from './settings.ts';

const complete = {
  PORT: '3000',
  DATABASE_URL: 'postgres://shop@127.0.0.1:5432/shop',
  JWT_SECRET: 'x'.repeat(32),
};

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readSettings(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

test('what is not given has its default', () => {
  expect(readSettings(complete)).toMatchObject({ host: '127.0.0.1', port: 3000, bcryptCost: 10, logLevel: 'warn' });
});

test('without REDIS_URL there is no cache, be it absent or empty', () => {
  expect(readSettings(complete).redisUrls).toEqual([]);
  expect(readSettings({ ...complete, REDIS_URL: '' }).redisUrls).toEqual([]);
  const nodes = ['redis://127.0.0.1:7000', 'redis://127.0.0.1:7001'];
  expect(readSettings({ ...complete, REDIS_URL: nodes.join(',') }).redisUrls).toEqual(nodes);
});

test('all problems are told at once, and secrets are not repeated', () => {
  const problems = problemsOf({ PORT: 'http', JWT_SECRET: 'short-secret', BCRYPT_COST: '99', LOG_LEVEL: 'loud' });
  expect(problems.map((problem) => problem.split(':')[0])).toEqual([
    'PORT',
    'DATABASE_URL',
    'LOG_LEVEL',
    'JWT_SECRET',
    'BCRYPT_COST',
  ]);
  expect(problems).toContain('DATABASE_URL: is required');
  expect(problems.join()).not.toContain('short-secret');
});

test.for([
  ['PORT', '0'],
  ['PORT', '70000'],
  ['DATABASE_URL', 'mysql://x'],
  ['REDIS_URL', 'http://x'],
  ['DATABASE_READ_URL', 'redis://x'],
  ['READ_YOUR_WRITES', 'always'],
  ['STAMPEDE', 'herd'],
  ['INSTANCE_ID', 'a b'],
  ['OBJECT_STORE_URL', 'http://127.0.0.1:9000/images'],
  ['OBJECT_STORE_URL', 'http://shop:secret@127.0.0.1:9000/'],
  ['OBJECT_STORE_KIND', 'nfs'],
  ['IMAGES_URL', 'ftp://x'],
  ['RATE_LIMITS', 'yes'],
  ['QUEUE_REDIS_URL', 'http://x'],
  ['CORS_ORIGINS', '*'],
  ['CORS_ORIGINS', 'https://shop.example/'],
  ['CORS_ORIGINS', 'https://shop.example,shop.example'],
])('%s=%s is refused', ([name = '', value = '']) => {
  expect(problemsOf({ ...complete, [name]: value })).toHaveLength(1);
});

test('images come from where IMAGES_URL says, else from the store, whose key nobody is shown', () => {
  const url = 'http://shop:secret@127.0.0.1:9000/images';
  const store = { ...complete, OBJECT_STORE_URL: url };
  expect(readSettings(complete)).toMatchObject({ objectStore: undefined, imagesUrl: undefined });
  expect(readSettings(store)).toMatchObject({
    objectStore: { url, kind: 's3' },
    imagesUrl: 'http://127.0.0.1:9000/images',
  });
  expect(readSettings({ ...store, IMAGES_URL: 'https://cdn.test/' }).imagesUrl).toBe('https://cdn.test');
});

test('AMQP_URLS is a queue, unless QUEUE says otherwise', () => {
  const queueOf = (env: Record<string, string>) => readSettings({ ...complete, ...env }).queue;
  const amqp = { AMQP_URLS: 'amqp://shop:secret@127.0.0.1:5672,amqp://shop:secret@127.0.0.1:5673' };
  const redis = { REDIS_URL: 'redis://127.0.0.1:6379' };
  expect(queueOf({})).toBe('none');
  expect(queueOf(redis)).toBe('none');
  expect(queueOf(amqp)).toBe('rabbitmq');
  expect(queueOf({ ...amqp, ...redis, QUEUE: 'bullmq' })).toBe('bullmq');
  expect(problemsOf({ ...complete, QUEUE: 'rabbitmq' })).toEqual(['AMQP_URLS: is required']);
  expect(problemsOf({ ...complete, QUEUE: 'bullmq' })).toEqual(['QUEUE_REDIS_URL: is required, or REDIS_URL']);
});

test('BullMQ keeps its jobs where QUEUE_REDIS_URL says, else in the cache', () => {
  const redis = { QUEUE: 'bullmq', REDIS_URL: 'redis://127.0.0.1:6379' };
  expect(readSettings({ ...complete, ...redis }).queueRedisUrls).toEqual([redis.REDIS_URL]);
  const apart = { ...complete, ...redis, QUEUE_REDIS_URL: 'redis://127.0.0.1:6380' };
  expect(readSettings(apart)).toMatchObject({
    redisUrls: [redis.REDIS_URL],
    queueRedisUrls: ['redis://127.0.0.1:6380'],
  });
});

test('calls are limited unless told otherwise, and no other origin is let in', () => {
  expect(readSettings(complete)).toMatchObject({ rateLimits: true, corsOrigins: [] });
  const more = { RATE_LIMITS: 'off', CORS_ORIGINS: 'https://shop.example,http://127.0.0.1:5173' };
  expect(readSettings({ ...complete, ...more })).toMatchObject({
    rateLimits: false,
    corsOrigins: ['https://shop.example', 'http://127.0.0.1:5173'],
  });
});

test('a worker needs to know which one it is, and a queue', () => {
  const worker = { PORT: '3000', DATABASE_URL: complete.DATABASE_URL, AMQP_URLS: 'amqp://127.0.0.1' };
  expect(readWorkerSettings({ ...worker, WORKER: 'email' })).toMatchObject({ worker: 'email', queue: 'rabbitmq' });
  expect(() => readWorkerSettings({ ...worker, WORKER: 'post' })).toThrow('WORKER');
  expect(() => readWorkerSettings({ ...worker, WORKER: 'email', AMQP_URLS: '' })).toThrow('AMQP_URLS');
});

test('a service needs a secret and those it cannot do without; instances are separated by commas', () => {
  const order = { ...complete, SERVICE: 'order' };
  expect(problemsOf(order)).toEqual([
    'PRODUCT_SERVICE_URL: is required',
    'INVENTORY_SERVICE_URL: is required',
    'PAYMENT_SERVICE_URL: is required',
    'SERVICE_SECRET: is required',
  ]);
  const given = {
    PRODUCT_SERVICE_URL: 'http://127.0.0.1:1,http://127.0.0.1:2',
    INVENTORY_SERVICE_URL: 'http://127.0.0.1:3',
    PAYMENT_SERVICE_URL: 'http://127.0.0.1:4',
    SERVICE_SECRET: 'x'.repeat(32),
  };
  expect(readSettings({ ...order, ...given })).toMatchObject({
    service: 'order',
    peers: { product: ['http://127.0.0.1:1', 'http://127.0.0.1:2'], inventory: ['http://127.0.0.1:3'] },
  });
  expect(readSettings(complete)).toMatchObject({ service: 'shop', peers: {}, serviceSecret: undefined });
  expect(problemsOf({ ...complete, SERVICE: 'baker' })).toHaveLength(1);
  expect(problemsOf({ ...complete, USER_SERVICE_URL: 'http://127.0.0.1:5' })).toEqual(['SERVICE_SECRET: is required']);
});
