import jwt from 'jsonwebtoken';
import { expect, test } from 'vitest';
import { signToken, TokenVerifier } from './tokens.ts';

const SECRET = 'k'.repeat(32);
const bearer = (token: string) => `Bearer ${token}`;

test('a signed token names its user, the first time and from memory', () => {
  const verifier = new TokenVerifier(SECRET);
  const header = bearer(signToken(42, SECRET));
  expect([verifier.verify(header), verifier.verify(header)]).toEqual([42, 42]);
});

test('a token that expires is refused even though it was remembered', () => {
  let now_ms = Date.now();
  const verifier = new TokenVerifier(SECRET, () => now_ms);
  const header = bearer(signToken(42, SECRET, 60));
  expect(verifier.verify(header)).toBe(42);
  now_ms += 61_000;
  expect(verifier.verify(header)).toBeNull();
  expect(new TokenVerifier(SECRET, () => now_ms).verify(header)).toBeNull();
});

test('remembering is bounded and forgetting only costs another check', () => {
  const verifier = new TokenVerifier(SECRET, Date.now, 1);
  const [first, second] = [bearer(signToken(1, SECRET)), bearer(signToken(2, SECRET))];
  expect([first, second, first].map((header) => verifier.verify(header))).toEqual([1, 2, 1]);
});

test.for([
  ['no header', undefined],
  ['no scheme', signToken(1, SECRET)],
  ['another scheme', `Basic ${signToken(1, SECRET)}`],
  ['nonsense', 'Bearer a.b.c'],
  ['another secret', bearer(signToken(1, 'o'.repeat(32)))],
  ['no algorithm', bearer(jwt.sign({ sub: '1', iss: 'amazon-shop', exp: 9e9 }, '', { algorithm: 'none' }))],
  [
    'another algorithm',
    bearer(jwt.sign({}, SECRET, { algorithm: 'HS512', subject: '1', issuer: 'amazon-shop', expiresIn: 60 })),
  ],
  ['another issuer', bearer(jwt.sign({}, SECRET, { algorithm: 'HS256', subject: '1', issuer: 'else', expiresIn: 60 }))],
  ['no expiry', bearer(jwt.sign({}, SECRET, { algorithm: 'HS256', subject: '1', issuer: 'amazon-shop' }))],
  ['no user', bearer(jwt.sign({}, SECRET, { algorithm: 'HS256', subject: 'x', issuer: 'amazon-shop', expiresIn: 60 }))],
] as const)('%s is refused', ([, header]) => {
  expect(new TokenVerifier(SECRET).verify(header)).toBeNull();
});
