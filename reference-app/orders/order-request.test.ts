import { expect, test } from 'vitest';
import { Problem } from '../http/problem.ts';
import { readOrderRequest } from './order-request.ts';

const rest = { paymentMethod: 'CARD', shippingAddress: '1 Main Street' };

const fingerprintOf = (items: unknown, address = '1 Main Street') =>
  readOrderRequest({ paymentMethod: 'CARD', shippingAddress: address, items }, 'key').fingerprint;

test('lines of the same product become one', () => {
  const lines = [
    { productId: 2, quantity: 1 },
    { productId: 1, quantity: 4 },
    { productId: 2, quantity: 2 },
  ];
  const { items } = readOrderRequest({ ...rest, items: lines }, undefined);
  expect(items).toEqual(
    new Map([
      [1, 4],
      [2, 3],
    ]),
  );
});

test('the fingerprint tells requests apart by what they mean, not by how they are written', () => {
  const one = { productId: 1, quantity: 1 };
  const two = { productId: 2, quantity: 1 };
  expect(fingerprintOf([one, two])).toBe(fingerprintOf([two, one], ' 1 Main Street '));
  expect(
    new Set([
      fingerprintOf([one]),
      fingerprintOf([two]),
      fingerprintOf(undefined),
      fingerprintOf([one], '2 Main Street'),
    ]).size,
  ).toBe(4);
});

test.for([
  [{ ...rest, items: [] }, undefined],
  [
    {
      ...rest,
      items: [
        { productId: 1, quantity: 999 },
        { productId: 1, quantity: 1 },
      ],
    },
    undefined,
  ],
  [{ ...rest, items: Array.from({ length: 51 }, (_, n) => ({ productId: n + 1, quantity: 1 })) }, undefined],
  [{ ...rest, paymentMethod: 'GOLD' }, undefined],
  [{ ...rest, paymentMehtod: 'CARD' }, undefined],
  [{ ...rest, shippingAddress: 'a\0bcdefg' }, undefined],
  [rest, 'two words'],
  [rest, 'x'.repeat(129)],
] as const)('%j with key %s is refused', ([body, key]) => {
  expect(() => readOrderRequest(body, key)).toThrow(Problem);
});
