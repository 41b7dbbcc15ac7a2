import { expect, test } from 'vitest';
import { isSigned, signWebhook } from './signature.ts';

const body = Buffer.from('{"orderId":1}');
const signature = signWebhook(body, 'secret', 1_000);

test('a signature holds for its body, its secret and some minutes', () => {
  expect(isSigned(body, signature, 'secret', 1_000)).toBe(true);
  expect(isSigned(body, signature, 'secret', 1_300)).toBe(true);
  expect(isSigned(body, signature, 'secret', 1_301)).toBe(false);
  expect(isSigned(body, signature, 'secret', 699)).toBe(false);
  expect(isSigned(body, signature, 'other', 1_000)).toBe(false);
  expect(isSigned(Buffer.from('{"orderId":2}'), signature, 'secret', 1_000)).toBe(false);
});

test.for([
  undefined,
  ['a', 'b'],
  '',
  't=1000',
  `t=1000,v1=${'0'.repeat(64)}`,
  't=x,v1=',
  signature.replace('t=1000', 't=1001'),
])('%s is no signature', (given) => {
  expect(isSigned(body, given, 'secret', 1_000)).toBe(false);
});
