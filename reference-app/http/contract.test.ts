import { connect } from 'node:net';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { startShop, type Answer, type Ask, type TestShop } from '../testing/shop.ts';
import { BODY_LIMIT_BYTES } from './json-body.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await startShop({ cache: true, products: 50, users: 60 });
});
afterAll(async () => {
  await shop.stop();
});

const failure = z.strictObject({
  error: z.strictObject({
    code: z.string().regex(/^[A-Z_]+$/),
    message: z.string().min(1),
    details: z.unknown().optional(),
  }),
});

/** The status of an answer that is a failure; throws when it has not the one shape of all failures. */
function refusal(answer: Answer): number {
  failure.parse(answer.json);
  return answer.status;
}

/** The status of any answer; a failure has to have its shape. */
function outcome(answer: Answer): number {
  return answer.status < 400 ? answer.status : refusal(answer);
}

const WITH_BODY = [
  ['POST', '/auth/register'],
  ['POST', '/auth/login'],
  ['POST', '/cart/items'],
  ['PUT', '/cart/items/1'],
  ['POST', '/orders'],
  ['POST', '/auth/refresh'],
  ['POST', '/auth/logout'],
  ['PATCH', '/users/me'],
  ['POST', '/products/1/reviews'],
  ['PATCH', '/products/1'],
  ['PUT', '/inventory/1/pick'],
] as const;

test.for(WITH_BODY)('%s %s refuses bodies that are not what it wants', async ([method, path]) => {
  const send = (how: Ask) => shop.ask(method, path, { as: 1, ...how });
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

test.for(WITH_BODY)('%s %s answers any JSON without a 5xx', async ([method, path]) => {
  const words = ['email', 'password', 'name', 'productId', 'quantity', 'items', 'paymentMethod', 'shippingAddress'];
  const value = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom('a@b.example', 'long enough', 'CARD', 'a\0b', '\ud800', 1e21, -1, 0, 1, 2 ** 53, 1.5),
    fc.array(fc.record({ productId: fc.integer(), quantity: fc.integer() })),
  );
  const body = fc.dictionary(fc.constantFrom(...words), value);
  await fc.assert(
    fc.asyncProperty(body, async (body) => {
      const answer = await shop.ask(method, path, { as: 2, body });
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

test.for([
  ['GET', '/cart'],
  ['POST', '/cart/items'],
  ['PUT', '/cart/items/1'],
  ['DELETE', '/cart/items/1'],
  ['POST', '/orders'],
  ['GET', '/orders'],
  ['GET', '/orders/1'],
  ['GET', '/orders/1/track'],
  ['POST', '/orders/1/cancel'],
  ['GET', '/users/me'],
  ['GET', '/notifications'],
  ['GET', '/recommendations'],
  ['GET', '/admin/audit'],
  ['GET', '/admin/orders/1'],
  ['POST', '/admin/orders/1/deliver'],
  ['GET', '/admin/dead-letters?worker=email'],
] as const)('%s %s wants a login', async ([method, path]) => {
  expect(refusal(await shop.ask(method, path))).toBe(401);
  const answer = await shop.ask(method, path, { headers: { authorization: 'Bearer no.such.token' } });
  expect(refusal(answer)).toBe(401);
  expect(answer.headers.get('www-authenticate')).toBe('Bearer');
});

test('unknown routes and methods are 404 in the same shape', async () => {
  expect(refusal(await shop.ask('GET', '/nothing'))).toBe(404);
  expect(refusal(await shop.ask('PATCH', '/cart', { body: {} }))).toBe(404);
});

test('what the HTTP parser refuses has the same shape', async () => {
  const { port } = new URL(shop.base);
  const exchange = async (sent: string) => {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    let received = '';
    const socket = connect({ host: '127.0.0.1', port: Number(port) }, () => socket.write(sent));
    socket.on('data', (chunk) => (received += chunk.toString()));
    socket.on('error', reject);
    socket.on('close', () => resolve(received));
    return await promise;
  };
  const malformed = await exchange('NONSENSE\r\n\r\n');
  expect(malformed).toMatch(/^HTTP\/1.1 400 /);
  failure.parse(JSON.parse(malformed.split('\r\n\r\n')[1] ?? ''));
  const large = await exchange(`GET / HTTP/1.1\r\nHost: x\r\nX-Large: ${'x'.repeat(20_000)}\r\n\r\n`);
  expect(large).toMatch(/^HTTP\/1.1 431 /);
  failure.parse(JSON.parse(large.split('\r\n\r\n')[1] ?? ''));
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
