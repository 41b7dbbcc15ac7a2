import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { clientAddress } from './client-address.ts';

const from = (remoteAddress: string | undefined, forwarded?: string) =>
  clientAddress({
    socket: { remoteAddress },
    headers: { 'x-forwarded-for': forwarded },
  } as unknown as IncomingMessage);

test('the balancer on loopback says who called it, and only its own word counts', () => {
  expect(from('127.0.0.1', '203.0.113.7')).toBe('203.0.113.7');
  expect(from('::ffff:127.0.0.1', '198.51.100.1, 203.0.113.7')).toBe('203.0.113.7');
  expect(from('::1', '  203.0.113.7  ')).toBe('203.0.113.7');
});

test('any other peer speaks for itself alone', () => {
  expect(from('203.0.113.9', '198.51.100.1')).toBe('203.0.113.9');
  expect(from('::ffff:203.0.113.9', '198.51.100.1')).toBe('203.0.113.9');
  expect(from(undefined, '198.51.100.1')).toBe('gone');
});

test.for([undefined, '', 'unknown', '203.0.113.7,', 'x'.repeat(10_000), '203.0.113.7, 1.2.3.400'])(
  'without an address in the header (%s) it is the peer',
  (forwarded) => {
    expect(from('127.0.0.1', forwarded)).toBe('127.0.0.1');
  },
);

test.for([
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:0DB8:0001:0002::1', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['2001:db8:1::', '2001:db8:1:0'],
  ['::2', '0:0:0:0'],
  ['64:ff9b::203.0.113.7', '64:ff9b:0:0'],
] as const)('%s is of the network %s', ([address, network]) => {
  expect(from(address)).toBe(network);
});
