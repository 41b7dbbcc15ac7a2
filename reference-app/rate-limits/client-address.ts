import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/;
const MAPPED = /^::ffff:(?=\d+\.)/i;
/** Of an IPv6 address, the part that is one customer's: whoever has one address has all of its 64-bit network (RFC 4291, 2.5.1). */
const NETWORK_GROUPS = 4;

/**
 * The address a request comes from: of the peer, or, when that is the balancer on loopback, the last one in
 * `X-Forwarded-For`, which the balancer wrote. What stands before that one is the client's own word, and so is the header of
 * any other peer. IPv6 addresses are told apart by their network.
 */
export function clientAddress(req: IncomingMessage): string {
  const peer = req.socket.remoteAddress ?? 'gone';
  if (!LOOPBACK.test(peer)) return networkOf(peer);
  const forwarded = req.headers['x-forwarded-for'];
  // Node joins repeated headers by commas.
  const last = String(forwarded ?? '')
    .split(',')
    .at(-1)
    ?.trim();
  return networkOf(last !== undefined && isIP(last) !== 0 ? last : peer);
}

function networkOf(address: string): string {
  const plain = address.replace(MAPPED, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const zeros = tail === undefined ? 0 : 8 - left.length - (tail === '' ? 0 : tail.split(':').length);
  const groups = [...left, ...Array.from({ length: zeros }, () => '0'), ...(tail ?? '').split(':')];
  return groups
    .slice(0, NETWORK_GROUPS)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
