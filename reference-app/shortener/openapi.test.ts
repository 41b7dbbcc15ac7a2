import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { noCache } from '../cache/cache.ts';
import { startShortener, type TestInstance, type TestShortener } from '../testing/shortener.ts';
import type { Ask } from '../testing/shop.ts';
import { createShortenerApp, type ShortenerDeps } from './app.ts';
import { ShortenerCounts } from './metrics.ts';
import { SHORTENER_OPERATIONS } from './openapi.ts';

let shortener: TestShortener;
let instance: TestInstance;
beforeAll(async () => {
  shortener = await startShortener({ shards: 2, cache: true });
  instance = await shortener.serve();
});
afterAll(async () => {
  await shortener.stop();
});

const routes = z.array(
  z.object({ route: z.object({ path: z.string(), methods: z.record(z.string(), z.boolean()) }).optional() }),
);
/** Those that stand beside the prefix as well. */
const UNPREFIXED = ['/health', '/ready', '/metrics'];

test('every route is in the document, and the document has no others', () => {
  const log = pino({ level: 'silent' });
  // Routes are only listed here: nothing behind them is called.
  const deps = { cache: noCache, counts: new ShortenerCounts(), log, settings: {}, shards: {} };
  const app = createShortenerApp(deps as unknown as ShortenerDeps);
  const served = routes
    .parse(app.router.stack)
    .flatMap(({ route }) =>
      route === undefined ? [] : Object.keys(route.methods).map((method) => `${method} ${route.path}`),
    )
    .filter((route) => !UNPREFIXED.some((path) => route === `get ${path}`));
  const documented = SHORTENER_OPERATIONS.map(({ method, prefix = '/api/v1', path }) => `${method} ${prefix}${path}`);
  expect(served.toSorted()).toEqual(documented.toSorted());
});

test('the document is served, with every path and what stands in it', async () => {
  const { json } = await instance.ask('GET', '/api/v1/openapi.json');
  const { paths } = z.object({ openapi: z.literal('3.1.0'), paths: z.record(z.string(), z.unknown()) }).parse(json);
  expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/{code}', '/api/v1/urls', '/api/v1/urls/{code}']));
  expect(paths['/{code}']).toMatchObject({ get: { parameters: [{ name: 'code', schema: { type: 'string' } }] } });
});

test('every operation answers as the document says', async () => {
  const called = new Set<string>();
  const call = async (method: string, path: string, actual: string, how: Ask = {}): Promise<unknown> => {
    const operation = SHORTENER_OPERATIONS.find((each) => each.method === method && each.path === path);
    if (operation === undefined) throw new Error(`no operation ${method} ${path}`);
    const answer = await instance.ask(method.toUpperCase(), (operation.prefix ?? '/api/v1') + actual, how);
    expect([actual, answer.status]).toEqual([actual, operation.status]);
    if (operation.answer !== undefined) expect(() => operation.answer?.parse(answer.json)).not.toThrow();
    called.add(`${method} ${path}`);
    return answer.json;
  };
  const made = await call('post', '/urls', '/urls', { body: { url: 'https://example.com/', alias: 'documented' } });
  const { code, ownerToken } = z.object({ code: z.string(), ownerToken: z.string() }).parse(made);
  await call('get', '/:code', `/${code}`);
  await call('get', '/urls/:code', `/urls/${code}`);
  await call('delete', '/urls/:code', `/urls/${code}`, { headers: { authorization: `Bearer ${ownerToken}` } });
  for (const path of ['/health', '/ready', '/metrics', '/openapi.json']) await call('get', path, path);
  expect(called.size).toBe(SHORTENER_OPERATIONS.length);
});

test('metrics are under the names that the shop has, and the two of its own', async () => {
  const { text } = await instance.ask('GET', '/metrics');
  for (const name of [
    'shop_database_queries_total',
    'shop_cache_hits_total',
    'shop_urls_made_total',
    'shop_code_collisions_total',
  ]) {
    expect(text).toContain(`# TYPE ${name} counter`);
  }
  expect(text).toContain('shop_http_requests_total{route="/:code",status="302"}');
});
