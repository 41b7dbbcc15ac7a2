import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Service } from '../service.ts';
import { ask, baseUrl, serve, startShop, type Answer, type Ask, type TestShop } from '../testing/shop.ts';
import { until } from '../testing/until.ts';
import { LIMITS } from './limits.ts';

let shop: TestShop;
let redis: Redis;
let instances: readonly Service[];
beforeAll(async () => {
  shop = await startShop({ cache: true, products: 50, users: 60 });
  const { url } = shop.redis ?? shop.database;
  redis = new Redis(url);
  redis.on('error', () => undefined);
  const settings = { databaseUrl: shop.database.url, redisUrls: [url], rateLimits: true };
  instances = [await serve(settings), await serve({ ...settings, corsOrigins: ['https://shop.example'] })];
});
afterAll(async () => {
  redis.disconnect();
  await Promise.all(instances.map((instance) => instance.stop()));
  await shop.stop();
});

const guess = { email: 'nobody@shop.test', password: 'a guess' };

/** A request as the balancer hands it on: the tests' own connections come from loopback. */
function from(address: string, method: string, path: string, how: Ask = {}, instance = 0): Promise<Answer> {
  const service = instances[instance];
  if (service === undefined) throw new Error('no such instance');
  const headers = { 'x-forwarded-for': address, ...how.headers };
  return ask(`${baseUrl(service)}${path}`, method, { ...how, headers });
}
const logIn = (address: string, instance = 0, path = '/api/v1/auth/login') =>
  from(address, 'POST', path, { body: guess }, instance);
const statuses = async (asked: readonly Promise<Answer>[]) => (await Promise.all(asked)).map(({ status }) => status);
const times = <Value>(n: number, of: (index: number) => Value) => Array.from({ length: n }, (_, index) => of(index));
/** Lets a limit be nearly used up: one call is left. */
const leaveOne = async (limit: keyof typeof LIMITS, key: string) => {
  await redis.set(`limit:v1:${limit}:${key}`, LIMITS[limit].calls - 1, 'EX', LIMITS[limit].window_s);
};

test('an address may try to log in five times a minute, whichever instance it meets and however it spells the path', async () => {
  const address = '203.0.113.1';
  const spelled = ['/api/v1/auth/login', '/API/v1/Auth/LOGIN', '/api/v1/auth/login/', '/api/v1/auth/login?again'];
  expect(await statuses(spelled.map((path, n) => logIn(address, n % 2, path)))).toEqual([401, 401, 401, 401]);
  expect((await logIn(address, 1)).status).toBe(401);
  for (const instance of [0, 1]) {
    const refused = await logIn(address, instance);
    expect(refused).toMatchObject({
      status: 429,
      json: { error: { code: 'RATE_LIMITED', details: { limit: 'login' } } },
    });
    const retryAfter_s = Number(refused.headers.get('retry-after'));
    expect(retryAfter_s).toBeGreaterThan(0);
    expect(retryAfter_s).toBeLessThanOrEqual(LIMITS.login.window_s);
    expect(refused.headers.get('x-content-type-options')).toBe('nosniff');
  }
  expect((await logIn('203.0.113.2')).status).toBe(401);
  expect((await from(address, 'GET', '/api/v1/products/1')).status).toBe(200);
});

test('of many logins at once only five are tried', async () => {
  const answers = await statuses(times(20, (n) => logIn('203.0.113.3', n % 2)));
  expect(answers.filter((status) => status === 401)).toHaveLength(5);
  expect(answers.filter((status) => status === 429)).toHaveLength(15);
});

test('an address of its own choosing before the one that the balancer wrote helps nobody', async () => {
  const answers = await statuses(times(6, (n) => logIn(`198.51.100.${n}, 203.0.113.4`)));
  expect(answers.filter((status) => status === 429)).toHaveLength(1);
});

test('an address may call 2,000 times in five minutes, and a user 1,000 times a minute', async () => {
  await leaveOne('address', '203.0.113.5');
  const product = () => from('203.0.113.5', 'GET', '/api/v1/products/1');
  expect([(await product()).status, (await product()).status]).toEqual([200, 429]);

  await leaveOne('user', '7');
  const cart = (address: string, as: number) => from(address, 'GET', '/api/v1/cart', { as });
  expect((await cart('203.0.113.6', 7)).status).toBe(200);
  // From another address as well: it is the user who is counted.
  expect(await cart('203.0.113.7', 7)).toMatchObject({ status: 429, json: { error: { details: { limit: 'user' } } } });
  expect((await cart('203.0.113.7', 8)).status).toBe(200);
  const forged = { headers: { authorization: 'Bearer no.such.token' } };
  expect((await from('203.0.113.7', 'GET', '/api/v1/cart', forged)).status).toBe(401);
});

test('a search is counted by user, and by address for who is not logged in', async () => {
  await Promise.all([leaveOne('search', '203.0.113.8'), leaveOne('search', 'user-9')]);
  const search = (as?: number) => from('203.0.113.8', 'GET', '/api/v1/search?q=black', as === undefined ? {} : { as });
  expect([(await search()).status, (await search()).status]).toEqual([200, 429]);
  expect([(await search(9)).status, (await search(9)).status, (await search(10)).status]).toEqual([200, 429, 200]);
});

test('who watches over an instance is not counted, nor is the payment provider', async () => {
  const address = '203.0.113.9';
  await redis.set(`limit:v1:address:${address}`, LIMITS.address.calls, 'EX', 300);
  for (const path of ['/health', '/ready', '/metrics', '/api/v1/health', '/api/v1/metrics']) {
    expect((await from(address, 'GET', path)).status).toBe(200);
  }
  expect((await from(address, 'POST', '/api/v1/webhooks/payment', { body: {} })).status).toBe(401);
  expect((await from(address, 'GET', '/api/v1/nothing')).status).toBe(429);
  const { text } = await from(address, 'GET', '/metrics');
  expect(text).toMatch(/shop_requests_limited_total\{limit="address"\} [1-9]/);
  expect(text).toMatch(/shop_http_requests_total\{route="\/api\/v1\/auth\/login",status="429"\} [1-9]/);
});

test('pages of the origins that are allowed may call, and read a refusal as well', async () => {
  const asked = (origin: string, method = 'POST') =>
    from(
      '203.0.113.10',
      method,
      '/api/v1/auth/login',
      {
        headers: { origin, ...(method === 'OPTIONS' ? { 'access-control-request-method': 'POST' } : {}) },
        ...(method === 'OPTIONS' ? {} : { body: guess }),
      },
      1,
    );
  const preflight = await asked('https://shop.example', 'OPTIONS');
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-origin')).toBe('https://shop.example');
  expect(preflight.headers.get('access-control-allow-headers')).toContain('Idempotency-Key');
  expect(preflight.headers.get('access-control-allow-credentials')).toBeNull();
  for (let n = 0; n < 6; n += 1) {
    const answer = await asked('https://shop.example');
    expect(answer.status).toBe(n < 5 ? 401 : 429);
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://shop.example');
    expect(answer.headers.get('vary')).toBe('Origin');
  }
  for (const origin of ['https://evil.example', 'https://shop.example.evil.example', 'null']) {
    expect((await asked(origin, 'OPTIONS')).headers.get('access-control-allow-origin')).toBeNull();
    expect((await asked(origin)).headers.get('access-control-allow-origin')).toBeNull();
  }
  const elsewhere = await from('203.0.113.11', 'GET', '/api/v1/products/1', {
    headers: { origin: 'https://shop.example' },
  });
  expect(elsewhere.headers.get('access-control-allow-origin')).toBeNull();
});

test('while Redis is away each instance counts by itself, and afterwards they count together again', async () => {
  await shop.redis?.kill();
  for (const instance of [0, 1]) {
    const answers = await statuses(times(7, () => logIn('203.0.113.12', instance)));
    expect(answers.filter((status) => status === 429)).toHaveLength(2);
  }
  await shop.redis?.start();
  await until(async () => {
    const address = `198.51.100.${Math.floor(Math.random() * 256)}`;
    await from(address, 'GET', '/api/v1/products/1', {}, 0);
    await from(address, 'GET', '/api/v1/products/1', {}, 1);
    return Number(await redis.get(`limit:v1:address:${address}`)) >= 2;
  });
});
