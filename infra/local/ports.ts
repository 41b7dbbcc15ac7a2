import { readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { StackError } from '../backend.ts';
import { hasCode } from './error-code.ts';

/** Ports [first, first + count). */
export interface PortBlock {
  readonly first: number;
  readonly count: number;
}

/** Blocks start at multiples of this, so that two stacks never overlap in part. */
const BLOCK_SIZE = 16;
const LOOPBACK = '127.0.0.1';

/**
 * A block of free ports on 127.0.0.1. It lies below the ephemeral range, because the kernel hands ports of that range
 * to outgoing connections at any time; no process holds it, so each port is verified by binding it.
 * The caller holds the ports lock until the block is written into its manifest. Throws a `StackError` when none is free.
 */
export async function findBlock(
  count: number,
  range: { readonly first: number; readonly end: number },
  taken: readonly PortBlock[],
): Promise<PortBlock> {
  const size = Math.ceil(count / BLOCK_SIZE) * BLOCK_SIZE;
  const end = Math.min(range.end, ephemeralRange().first);
  for (let first = range.first; first + size <= end; first += BLOCK_SIZE) {
    const block = { first, count: size };
    if (!taken.some((other) => overlap(block, other)) && (await isBlockFree({ first, count }))) return block;
  }
  throw new StackError(
    `no block of ${size} free ports between ${range.first} and ${end}`,
    'take other stacks down (`shop-plan status`), or lower what occupies these ports',
  );
}

/** The ports that the kernel picks for outgoing connections, from /proc/sys/net/ipv4/ip_local_port_range. */
export function ephemeralRange(): { readonly first: number; readonly last: number } {
  const [first = 32_768, last = 60_999] = readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8')
    .trim()
    .split(/\s+/)
    .map(Number);
  return { first, last };
}

/** Whether something on 127.0.0.1 accepts connections at this port. */
export function isListening(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: LOOPBACK });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', (error) => {
      if (hasCode(error, 'ECONNREFUSED')) resolve(false);
      else reject(error);
    });
  });
}

/** Whether a server's last words say that its port was taken after it had been verified. */
export function saysPortTaken(log: string): boolean {
  return /EADDRINUSE|address already in use/i.test(log);
}

async function isBlockFree({ first, count }: PortBlock): Promise<boolean> {
  for (let port = first; port < first + count; port += 1) {
    if (!(await canBind(port))) return false;
  }
  return true;
}

function canBind(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => {
      if (hasCode(error, 'EADDRINUSE', 'EACCES')) resolve(false);
      else reject(error);
    });
    server.listen({ port, host: LOOPBACK, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

function overlap(a: PortBlock, b: PortBlock): boolean {
  return a.first < b.first + b.count && b.first < a.first + a.count;
}
