import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { query } from '../testing/servers.ts';
import { startShortener, type TestInstance, type TestShortener } from '../testing/shortener.ts';
import { TEST_SECRET, type Answer } from '../testing/shop.ts';
import { codeOfKey } from './code.ts';
import { makeUrls } from './seed/urls.ts';

let shortener: TestShortener;
let one: TestInstance;
let other: TestInstance;
beforeAll(async () => {
  shortener = await startShortener({ shards: 1, cache: true });
  [one, other] = await Promise.all([shortener.serve(), shortener.serve()]);
});
afterAll(async () => {
  await shortener.stop();
});

const TARGET = 'https://example.com/a/long/page?with=parts#and-more';
const sql = async <Row extends object>(text: string, values: unknown[]) =>
  await query<Row>(shortener.shards[0]?.url ?? '', text, values);
const post = async (instance: TestInstance, body: unknown, key?: string) =>
  await instance.ask('POST', '/api/v1/urls', {
    body,
    ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }),
  });
const shortened = z.object({ code: z.string(), shortUrl: z.string(), url: z.string() });
const bodyOf = (answer: Answer | undefined) => shortened.parse(answer?.json);
let keys = 0;
const newKey = () => `a-key-of-this-test-${(keys += 1)}`;

test('a URL is shortened, and its code leads there, from any instance', async () => {
  const made = await post(one, { url: TARGET });
  expect(made.status).toBe(201);
  const { code, shortUrl, url } = bodyOf(made);
  expect(code).toMatch(/^[0-9A-Za-z]{8}$/);
  expect(shortUrl).toMatch(new RegExp(String.raw`^http://127\.0\.0\.1:\d+/${code}$`));
  expect(made.headers.get('location')).toBe(shortUrl);
  expect(url).toBe(TARGET);
  const led = await other.ask('GET', `/${code}`);
  expect([led.status, led.headers.get('location'), led.text]).toEqual([302, TARGET, '']);
  // A browser that remembers it is neither counted nor told when the URL is taken back.
  expect(led.headers.get('cache-control')).toContain('no-store');
});

test('seeded URLs are there, from the cache as from the database', async () => {
  const [{ code, address } = { code: '', address: '' }] = makeUrls(7, 1);
  for (const instance of [one, other]) {
    const hits = instance.counts.cacheHits.url;
    expect((await instance.ask('GET', `/${code}`)).headers.get('location')).toBe(address);
    expect((await instance.ask('GET', `/${code}`)).headers.get('location')).toBe(address);
    expect(instance.counts.cacheHits.url).toBeGreaterThan(hits);
  }
});

test('what cannot be a code is not looked for; what is none is remembered briefly, but not once it is made', async () => {
  for (const path of ['/favicon.ico', '/ab', '/a.b.c', `/${'x'.repeat(33)}`, '/%00%00%00', '/a%2Fb']) {
    const queries = one.counts.databaseQueries.read;
    const answer = await one.ask('GET', path);
    expect([path, answer.status, answer.json]).toEqual([
      path,
      404,
      { error: { code: 'NOT_FOUND', message: expect.any(String) } },
    ]);
    expect(one.counts.databaseQueries.read).toBe(queries);
  }
  const alias = 'not-yet-there';
  expect((await one.ask('GET', `/${alias}`)).status).toBe(404);
  const queries = one.counts.databaseQueries.read;
  expect((await one.ask('GET', `/${alias}`)).status).toBe(404);
  expect(one.counts.databaseQueries.read).toBe(queries);
  await other.shorten(TARGET, { alias });
  expect((await one.ask('GET', `/${alias}`)).status).toBe(302);
});

test('codes tell small letters from capital ones', async () => {
  await one.shorten(`${TARGET}-small`, { alias: 'mixedcase' });
  await one.shorten(`${TARGET}-big`, { alias: 'MixedCase' });
  expect((await one.ask('GET', '/MixedCase')).headers.get('location')).toBe(`${TARGET}-big`);
  expect((await one.ask('GET', '/mixedcase')).headers.get('location')).toBe(`${TARGET}-small`);
  expect((await one.ask('GET', '/MIXEDCASE')).status).toBe(404);
});

test('of many who want an alias at once, on two instances, one gets it', async () => {
  const wanted = Array.from({ length: 20 }, (_, n) => ({ url: `https://example.com/${n}`, alias: 'wanted' }));
  const answers = await Promise.all(wanted.map((body, n) => post(n % 2 === 0 ? one : other, body)));
  const made = answers.filter(({ status }) => status === 201);
  expect(made).toHaveLength(1);
  const refused = answers.filter(({ status }) => status === 409).map(({ json }) => json);
  expect(refused).toHaveLength(19);
  expect(refused[0]).toEqual({ error: { code: 'ALIAS_TAKEN', message: expect.any(String) } });
  expect((await one.ask('GET', '/wanted')).headers.get('location')).toBe(bodyOf(made[0]).url);
});

test('repeats under a key, also at once and on two instances, make one URL', async () => {
  const key = newKey();
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) => post(n % 2 === 0 ? one : other, { url: TARGET }, key)),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  expect(new Set(answers.map(({ text }) => text.replaceAll(/:\d+/g, ''))).size).toBe(1);
  expect(answers.filter(({ headers }) => headers.get('idempotent-replayed') === 'true')).toHaveLength(19);
  const { code } = bodyOf(answers[0]);
  expect(
    await sql('SELECT FROM urls WHERE idempotency_key = (SELECT idempotency_key FROM urls WHERE code = $1)', [code]),
  ).toHaveLength(1);

  const reused = await post(one, { url: `${TARGET}-2` }, key);
  expect([reused.status, reused.json]).toMatchObject([409, { error: { code: 'IDEMPOTENCY_KEY_REUSED' } }]);
  const withAlias = await post(one, { url: TARGET, alias: 'key-and-alias' }, newKey());
  expect(withAlias.status).toBe(201);
  expect((await post(one, { url: TARGET, alias: 'key-and-alias' }, newKey())).status).toBe(409);
});

test('a key whose first code is somebody else’s gets its next one, every time', async () => {
  const key = newKey();
  const code = codeOfKey(TEST_SECRET, key, 0);
  await sql('INSERT INTO urls (code, address) VALUES ($1, $2)', [code, 'https://somebody.example/']);
  const made = await post(one, { url: TARGET }, key);
  expect(made.json).toMatchObject({ code: codeOfKey(TEST_SECRET, key, 1) });
  expect((await post(other, { url: TARGET }, key)).json).toMatchObject({ code: codeOfKey(TEST_SECRET, key, 1) });
  expect((await one.ask('GET', `/${code}`)).headers.get('location')).toBe('https://somebody.example/');
});

test('its owner takes a URL back, everywhere and for good; nobody else does', async () => {
  const key = newKey();
  const { code, ownerToken } = await one.shorten(TARGET, {}, { 'idempotency-key': key });
  const another = await one.shorten(TARGET);
  expect((await other.ask('GET', `/${code}`)).status).toBe(302);
  const takeBack = async (token?: string) => {
    const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
    return (await other.ask('DELETE', `/api/v1/urls/${code}`, { headers })).status;
  };
  expect(await takeBack()).toBe(401);
  expect(await takeBack('x')).toBe(403);
  expect(await takeBack(another.ownerToken)).toBe(403);
  expect((await one.ask('GET', `/${code}`)).status).toBe(302);
  expect(await takeBack(ownerToken)).toBe(204);
  for (const instance of [one, other]) {
    expect((await instance.ask('GET', `/${code}`)).status).toBe(404);
    expect((await instance.ask('GET', `/api/v1/urls/${code}`)).status).toBe(404);
  }
  // Not for who asks again either: neither under the key, nor by the name.
  expect((await post(one, { url: TARGET }, key)).headers.get('idempotent-replayed')).toBe('true');
  expect((await one.ask('GET', `/${code}`)).status).toBe(404);
  expect((await post(one, { url: TARGET, alias: code })).status).toBe(409);
  expect(await takeBack(ownerToken)).toBe(204);
});

test('clicks of several instances add up when they are written behind; looking is no click', async () => {
  const { code } = await one.shorten(TARGET);
  const pair = await Promise.all([shortener.serve(), shortener.serve()]);
  for (const instance of pair) await Promise.all([1, 2, 3].map(() => instance.ask('GET', `/${code}`)));
  await pair[0]?.ask('HEAD', `/${code}`);
  expect(await sql('SELECT FROM clicks WHERE code = $1', [code])).toHaveLength(0);
  // Stopping writes what was counted.
  await Promise.all(pair.map((instance) => instance.stop()));
  expect((await one.ask('GET', `/api/v1/urls/${code}`)).json).toMatchObject({ code, url: TARGET, clicks: 6 });
});

const REFUSED: readonly (readonly [string, unknown])[] = [
  ['no URL', {}],
  ['a relative one', { url: '/a/page' }],
  ['no web page', { url: 'javascript:alert(1)' }],
  ['a file', { url: 'file:///etc/passwd' }],
  ['one with a password', { url: 'https://bank.example:pass@evil.example/' }],
  ['one too long', { url: `https://example.com/${'x'.repeat(2_048)}` }],
  ['one too long once encoded', { url: `https://example.com/${'é'.repeat(1_000)}` }],
  ['an alias too short', { url: TARGET, alias: 'ab' }],
  ['an alias with a dot', { url: TARGET, alias: 'favicon.ico' }],
  ['a name of our own', { url: TARGET, alias: 'health' }],
  ['more than is known', { url: TARGET, extra: 1 }],
];
test.for(REFUSED)('%s is refused', async ([, body]) => {
  const answer = await post(one, body);
  expect([answer.status, answer.json]).toMatchObject([400, { error: { code: 'INVALID_INPUT' } }]);
});

test('a URL that leads back here is refused, however it is written', async () => {
  const host = new URL((await one.shorten(TARGET)).shortUrl).host;
  for (const url of [`http://${host}/abc`, `HTTP://${host}`, `https://${host.replace(/:.*/, '')}/abc`]) {
    expect([url, (await post(one, { url })).status]).toEqual([url, 400]);
  }
  const known = await shortener.serve({ publicOrigin: 'https://short.example' });
  for (const url of ['https://short.example/abc', 'https://short.example./abc', 'http://SHORT.example']) {
    expect([url, (await post(known, { url })).status]).toEqual([url, 400]);
  }
  const { code, shortUrl } = await known.shorten(TARGET);
  expect(shortUrl).toBe(`https://short.example/${code}`);
});

test('a key that somebody else may have is refused', async () => {
  expect((await post(one, { url: TARGET }, 'short')).status).toBe(400);
});

test('whatever is sent, no answer is a 5xx, and what is led to fits into a header', async () => {
  const parts = fc.constantFrom(
    'http://',
    'https://',
    'a.example',
    '\r\nX: y',
    '\0',
    '\ud800',
    '%0d%0a',
    '[::1]',
    ':99999',
    'é',
    '/',
    '?',
    '#',
    '"<>',
  );
  const url = fc.oneof(
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
    fc.array(parts).map((all) => all.join('')),
    fc.jsonValue(),
  );
  const alias = fc.option(fc.oneof(fc.string(), fc.constantFrom('api', '__proto__', 'constructor', '../x')), {
    nil: undefined,
  });
  const property = fc.asyncProperty(url, alias, async (url, alias) => {
    const made = await post(one, { url, alias });
    expect(made.status).toBeLessThan(500);
    if (made.status !== 201) return;
    const led = await one.ask('GET', `/${bodyOf(made).code}`);
    expect([led.status, led.headers.get('location')]).toEqual([302, bodyOf(made).url]);
  });
  await fc.assert(property, { numRuns: 150 });
});

test('any path is answered without a 5xx', async () => {
  const path = fc.webPath().map((text) => `/${text}`.replace(/^\/+/, '/'));
  await fc.assert(
    fc.asyncProperty(path, fc.constantFrom('GET', 'DELETE', 'PUT'), async (path, method) => {
      expect((await one.ask(method, path)).status).toBeLessThan(500);
    }),
    { numRuns: 100 },
  );
});
