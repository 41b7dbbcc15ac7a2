import { once } from 'node:events';
import { connect } from 'node:net';
import * as fc from 'fast-check';
import jwt from 'jsonwebtoken';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { RefreshTokens } from '../auth/refresh-tokens.ts';
import type { Role } from '../auth/roles.ts';
import { signToken } from '../auth/tokens.ts';
import { OPERATIONS } from '../openapi/document.ts';
import { startShop, TEST_SECRET, TEST_WEBHOOK_SECRET, type Answer, type Ask, type TestShop } from '../testing/shop.ts';
import { query } from '../testing/servers.ts';
import { signWebhook } from '../third-party/signature.ts';
import { startThirdParties, type TestThirdParties } from '../testing/third-parties.ts';
import { BODY_LIMIT_BYTES } from './json-body.ts';

let shop: TestShop;
let parties: TestThirdParties;
beforeAll(async () => {
  parties = await startThirdParties();
  for (const party of ['email', 'shipping', 'accounting']) await parties.set(party, { calls: 1_000_000 });
  // With third parties somebody carries events on, and there are routes for what died.
  shop = await startShop({ cache: true, products: 50, users: 60, settings: { thirdPartyUrl: parties.url } });
});
afterAll(async () => {
  await shop.stop();
  await parties.stop();
});

const failure = z.strictObject({
  error: z.strictObject({
    code: z.string().regex(/^[A-Z_]+$/),
    message: z.string().min(1),
    details: z.unknown().optional(),
  }),
});

/** Bodies that are understood and right, so that a request gets to where something happens. */
const SENSIBLE: Record<string, object> = {
  'POST /auth/register': { email: 'again@shop.test', password: 'a long password' },
  'POST /auth/login': { email: 'user1@shop.test', password: 'a wrong guess' },
  'POST /cart/items': { productId: 2 },
  'PUT /cart/items/:productId': { quantity: 3 },
  'POST /orders': { items: [{ productId: 4, quantity: 1 }], paymentMethod: 'CARD', shippingAddress: '1 Main Street' },
  'POST /addresses': { address: '1 Main Street' },
  'POST /products/:id/reviews': { rating: 5 },
  'PATCH /users/me': { name: 'Again' },
};

/** What no answer may show: stacks, paths, SQL, names of tables, hashes and the secrets of this test. */
const LEAK =
  /\n\s+at |node_modules|node:internal|\/reference-app\/|\.ts:\d|SELECT |INSERT INTO|syntax error at|violates|relation "|place_order|SQLSTATE|\$2[aby]\$|postgres:\/\/|redis:\/\//;

/** The status of an answer that is a failure; throws when it has not the one shape of all failures, or tells too much. */
function refusal(answer: Answer): number {
  failure.parse(answer.json);
  expect(answer.text).not.toMatch(LEAK);
  for (const secret of [TEST_SECRET, TEST_WEBHOOK_SECRET]) expect(answer.text).not.toContain(secret);
  return answer.status;
}

/** The status of any answer; a failure has to have its shape. */
function outcome(answer: Answer): number {
  return answer.status < 400 ? answer.status : refusal(answer);
}

/** Images are named by a UUID, everything else by a number. */
const IMAGE = '00000000-0000-4000-8000-000000000000';

/** Operations as they can be called: of things that exist. Webhooks are signed, and have tests of their own below. */
const CALLS = OPERATIONS.filter(({ path }) => !path.startsWith('/webhooks/')).map((operation) => ({
  ...operation,
  name: `${operation.method.toUpperCase()} ${operation.path}`,
  verb: operation.method.toUpperCase(),
  at: operation.path.replace(':image', IMAGE).replaceAll(/:\w+/g, '1'),
}));
/** There is no object store here, so that images cannot be removed: that is 503, as it should be. */
const STORELESS = CALLS.filter(({ path }) => !path.endsWith('/images/:image'));
const WITH_BODY = CALLS.filter(({ body }) => body !== undefined);

test.for([
  'Error: no\n    at place (store.ts:1:2)',
  'syntax error at or near "x"',
  'insert or update on table "orders" violates foreign key constraint',
  'relation "users" does not exist',
  'connect ECONNREFUSED postgres://shop:secret@127.0.0.1',
  '$2b$10$abcdefghijklmnopqrstuv',
])('a leak would be seen: %s', (message) => {
  expect(message).toMatch(LEAK);
});

test.for(WITH_BODY)('$name refuses bodies that are not what it wants', async ({ verb, at }) => {
  const send = (how: Ask) => shop.ask(verb, at, { as: 1, role: 'admin', ...how });
  expect(refusal(await send({ rawBody: '{"a":' }))).toBe(400);
  expect(refusal(await send({ rawBody: '[]' }))).toBe(400);
  expect(refusal(await send({ rawBody: '"text"' }))).toBe(400);
  expect(refusal(await send({ rawBody: '' }))).toBe(400);
  expect(refusal(await send({}))).toBe(400);
  expect(refusal(await send({ body: { __proto__: { a: 1 }, constructor: 1 } }))).toBe(400);
  expect(refusal(await send({ rawBody: 'a=1', headers: { 'content-type': 'text/plain' } }))).toBe(400);
  expect(refusal(await send({ rawBody: '{}', headers: { 'content-type': 'application/json; charset=klingon' } }))).toBe(
    415,
  );
  expect(refusal(await send({ rawBody: '{}', headers: { 'content-encoding': 'gzip' } }))).toBe(415);
  expect(refusal(await send({ rawBody: JSON.stringify({ a: 'x'.repeat(BODY_LIMIT_BYTES) }) }))).toBe(413);
});

/** Every field that any body may have. */
const FIELDS = [
  ...new Set(WITH_BODY.flatMap(({ body }) => (body instanceof z.ZodObject ? Object.keys(body.shape) : []))),
];

test.for(WITH_BODY)('$name answers any JSON without a 5xx', async ({ verb, at }) => {
  const value = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom('a@b.example', 'long enough', 'CARD', 'a\0b', '\ud800', 1e21, -1, 0, 1, 2 ** 53, 1.5),
    fc.array(fc.record({ productId: fc.integer(), quantity: fc.integer() })),
  );
  const body = fc.dictionary(fc.constantFrom(...FIELDS), value);
  await fc.assert(
    fc.asyncProperty(body, async (body) => {
      const answer = await shop.ask(verb, at, { as: 2, role: 'admin', body });
      expect(outcome(answer)).toBeLessThan(500);
    }),
    { numRuns: 60 },
  );
});

test.for(['/products', '/search', '/orders', '/admin/audit', '/admin/dead-letters'])(
  'GET %s answers any query without a 5xx',
  async (path) => {
    const names = fc.constantFrom(
      'q',
      'page',
      'category',
      'min_price',
      'max_price',
      'in_stock',
      'sort',
      'limit',
      'cursor',
    );
    const values = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('0', '-1', '1', '5', '9999999999999999999', 'true', 'price', 'a\0b', '"', 'bGltaXQ', '<-> &'),
      fc.integer().map((whole) => Buffer.from(`price ${whole} 1`).toString('base64url')),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(names, values), { maxLength: 4 }), async (pairs) => {
        const text = new URLSearchParams(pairs).toString();
        const answer = await shop.ask('GET', `${path}?${text}`, { as: 3 });
        expect(outcome(answer)).toBeLessThan(500);
      }),
      { numRuns: 100 },
    );
  },
);

test.for(['/products/', '/orders/', '/cart/items/', '/admin/orders/'])(
  '%s<any id> answers without a 5xx',
  async (path) => {
    const method = path === '/cart/items/' ? 'DELETE' : 'GET';
    const id = fc.oneof(
      fc.string({ minLength: 1 }).map(encodeURIComponent),
      fc.constantFrom('%zz', '%00', '0', '-1', '1e3', '9'.repeat(30)),
    );
    await fc.assert(
      fc.asyncProperty(id, async (id) => {
        fc.pre(id !== '.' && id !== '..');
        const answer = await shop.ask(method, path + id, { as: 4 });
        expect(outcome(answer)).toBeLessThan(500);
      }),
      { numRuns: 60 },
    );
  },
);

test('a refusal lists every problem, and repeats no values', async () => {
  const answer = await shop.ask('POST', '/auth/register', { body: { email: 'nobody', password: 'secret', extra: 1 } });
  expect(answer).toMatchObject({ status: 400, json: { error: { code: 'INVALID_INPUT' } } });
  expect(answer.text).toContain('body.email');
  expect(answer.text).toContain('body.password');
  expect(answer.text).not.toContain('"secret"');
});

/** The least that gets past the reading of a request, where that comes before the question who sent it. */
const UNDERSTOOD: Record<string, { query?: string; body?: object }> = {
  'PATCH /products/:id': { body: { stock: 1 } },
  'PUT /inventory/:productId/pick': { body: { orderId: 1, quantity: 1 } },
  'PUT /admin/users/:id/role': { body: { role: 'viewer' } },
  'GET /admin/dead-letters': { query: '?worker=email' },
  'POST /admin/dead-letters/replay': { body: { worker: 'email' } },
};

const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
const claims = { iss: 'amazon-shop', sub: '1', role: 'admin', exp: 4_102_444_800 };
const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
const FORGED: readonly [string, () => string][] = [
  ['nonsense', () => 'no.such.token'],
  ['no algorithm', () => `${none}.${payload}.`],
  ['the secret of somebody else', () => signToken(1, 'x'.repeat(32), 900, 'admin')],
  ['expired', () => signToken(1, TEST_SECRET, -1, 'admin')],
  ['a refresh token', () => new RefreshTokens(TEST_SECRET).sign(1)],
  ['another issuer', () => jwt.sign({ ...claims, iss: 'somebody' }, TEST_SECRET)],
  ['no user', () => jwt.sign({ ...claims, sub: '0' }, TEST_SECRET)],
  ['for ever', () => jwt.sign({ iss: claims.iss, sub: '1', role: 'admin' }, TEST_SECRET)],
];

test.for(CALLS.filter(({ access }) => access !== 'public'))('$name wants a login', async ({ name, verb, at }) => {
  const { query = '', body } = UNDERSTOOD[name] ?? {};
  const send = (headers: Record<string, string>) => shop.ask(verb, at + query, { body, headers });
  expect(refusal(await send({}))).toBe(401);
  for (const [forgery, token] of FORGED) {
    const answer = await send({ authorization: `Bearer ${token()}` });
    expect([forgery, refusal(answer)]).toEqual([forgery, 401]);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  }
});

test.for(CALLS.filter(({ access }) => access === 'staff'))('$name is not for customers', async ({ name, verb, at }) => {
  const { query = '', body } = UNDERSTOOD[name] ?? {};
  expect(refusal(await shop.ask(verb, at + query, { as: 1, body }))).toBe(403);
  expect(refusal(await shop.ask(verb, at + query, { as: 1, body, role: 'root' as Role }))).toBe(403);
});

test.for(STORELESS)('$name answers who does not exist, any longer, without a 5xx', async ({ name, verb, at }) => {
  const { query = '', body = SENSIBLE[name] } = UNDERSTOOD[name] ?? {};
  expect(outcome(await shop.ask(verb, at + query, { as: 999_999_999, role: 'admin', body }))).toBeLessThan(500);
});

test('an order or a review of an account that is gone is as one without a login, and takes nothing', async () => {
  const stock = () => query(shop.database.url, 'SELECT sum(stock_quantity) AS n FROM products');
  const before = await stock();
  for (const [path, body] of [
    ['/orders', SENSIBLE['POST /orders']],
    ['/products/1/reviews', { rating: 5 }],
  ] as const) {
    expect(refusal(await shop.ask('POST', path, { as: 999_999_999, body }))).toBe(401);
  }
  expect(await stock()).toEqual(before);
});

test.for(STORELESS)('$name answers repeats, many at once, without a 5xx', async ({ name, verb, at }) => {
  const { query = '', body = SENSIBLE[name] } = UNDERSTOOD[name] ?? {};
  const headers = { 'idempotency-key': `again ${name}`.replaceAll(/[^!-~]/g, '-') };
  const send = () => shop.ask(verb, at + query, { as: 9, role: 'admin', body, headers });
  const statuses = (await Promise.all(Array.from({ length: 12 }, send))).map(outcome);
  statuses.push(outcome(await send()));
  expect(Math.max(...statuses)).toBeLessThan(500);
});

test('unknown routes and methods are 404 in the same shape', async () => {
  expect(refusal(await shop.ask('GET', '/nothing'))).toBe(404);
  expect(refusal(await shop.ask('PATCH', '/cart', { body: {} }))).toBe(404);
});

/** What comes back on a connection of its own, until it is closed. */
async function exchange(sent: string): Promise<string> {
  const { port } = new URL(shop.base);
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let received = '';
  const socket = connect({ host: '127.0.0.1', port: Number(port) }, () => socket.write(sent));
  socket.on('data', (chunk) => (received += chunk.toString()));
  socket.on('error', reject);
  socket.on('close', () => resolve(received));
  return await promise;
}

const CLOSE = 'Host: x\r\nConnection: close\r\n';
const JSON_TYPE = 'Content-Type: application/json\r\n';
const LOG_IN = `POST /api/v1/auth/login HTTP/1.1\r\n${CLOSE}${JSON_TYPE}`;

test.for([
  ['a line that is no request', 'NONSENSE\r\n\r\n', 400],
  ['headers that are too large', `GET / HTTP/1.1\r\n${CLOSE}X-Large: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  ['a path that is too long', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\n${CLOSE}\r\n`, 431],
  ['no host', 'GET /health HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
  ['a host in two ways', `GET /api/v1/nothing HTTP/1.1\r\nHost: a\r\n${CLOSE}\r\n`, 404],
  ['an expectation', `GET /health HTTP/1.1\r\n${CLOSE}Expect: the-unexpected\r\n\r\n`, 417],
  ['a header with a control character', `GET / HTTP/1.1\r\n${CLOSE}X-Odd: a\0b\r\n\r\n`, 400],
  ['two lengths', `${LOG_IN}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`, 400],
  ['a length and chunks', `${LOG_IN}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`, 400],
  ['a chunk without a size', `${LOG_IN}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`, 400],
  ['a method that nobody knows', `BREW /api/v1/cart HTTP/1.1\r\n${CLOSE}\r\n`, 400],
  ['a path that is no text', `GET /api/v1/products/%ff HTTP/1.1\r\n${CLOSE}\r\n`, 400],
] as const)('%s has an answer in the one shape', async ([, sent, status]) => {
  const answer = await exchange(sent);
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  failure.parse(JSON.parse(answer.split('\r\n\r\n')[1] ?? ''));
  expect(answer).not.toMatch(LEAK);
});

test('a body that is not as long as it says ends with an answer or the connection, and the service goes on', async () => {
  expect(await exchange(`${LOG_IN}Content-Length: 1\r\n\r\n{}`)).toMatch(/^HTTP\/1.1 400 /);
  const { port } = new URL(shop.base);
  const socket = connect({ host: '127.0.0.1', port: Number(port) });
  socket.end(`${LOG_IN}Content-Length: 1000\r\n\r\n{`);
  socket.resume();
  await once(socket, 'close');
  expect((await shop.ask('GET', '/health')).status).toBe(200);
});

test('a webhook is refused without a signature, and read with care even with one', async () => {
  const signed = (rawBody: string) => {
    const signature = signWebhook(rawBody, TEST_WEBHOOK_SECRET, Math.floor(Date.now() / 1_000));
    return shop.ask('POST', '/webhooks/payment', { rawBody, headers: { 'x-signature': signature } });
  };
  for (const headers of [{}, { 'x-signature': '' }, { 'x-signature': 't=,v1=' }, { 'x-signature': 't=1,v1=zz,v1=' }]) {
    expect(refusal(await shop.ask('POST', '/webhooks/payment', { rawBody: '{}', headers }))).toBe(401);
  }
  for (const body of ['{', '[]', 'null', '{}', '{"orderId":1}', '{"orderId":-1,"transactionId":"a","paid":true}']) {
    expect([body, refusal(await signed(body))]).toEqual([body, 400]);
  }
  expect(refusal(await signed('x'.repeat(BODY_LIMIT_BYTES + 1)))).toBe(413);
  expect((await signed('{"orderId":999999999999,"transactionId":"a","paid":true}')).status).toBe(204);
});

test('registering and logging in: once per address, in any case, with one answer for all that is wrong', async () => {
  const account = { email: 'Ada@Shop.Test', password: 'analytical engine', name: 'Ada' };
  const registered = await shop.ask('POST', '/auth/register', { body: account });
  expect(registered.status).toBe(201);
  const { token } = z.object({ token: z.string() }).parse(registered.json);
  expect((await shop.ask('GET', '/cart', { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
  expect(refusal(await shop.ask('POST', '/auth/register', { body: { ...account, email: 'ada@shop.test' } }))).toBe(409);
  const login = (email: string, password: string) => shop.ask('POST', '/auth/login', { body: { email, password } });
  expect((await login('ADA@shop.test', account.password)).status).toBe(200);
  const wrong = await login('ada@shop.test', 'difference engine');
  const unknown = await login('nobody@shop.test', 'difference engine');
  expect(refusal(wrong)).toBe(401);
  expect(unknown.text).toBe(wrong.text);
  expect(
    refusal(await shop.ask('POST', '/auth/register', { body: { email: 'b@shop.test', password: 'é'.repeat(40) } })),
  ).toBe(400);
});

test('answers carry security headers, and neither an ETag nor the name of the framework', async () => {
  const { headers } = await shop.ask('GET', '/products/1');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(headers.get('etag')).toBeNull();
  expect(headers.get('x-powered-by')).toBeNull();
});
