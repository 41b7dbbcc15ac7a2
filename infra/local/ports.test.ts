import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { ephemeralRange, findBlock, isListening, saysPortTaken } from './ports.ts';

const range = { first: 29_104, end: 29_136 };
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

test('takes the first block that no stack has claimed', async () => {
  expect(await findBlock(6, range, [])).toEqual({ first: 29_104, count: 16 });
  expect(await findBlock(6, range, [{ first: 29_104, count: 16 }])).toEqual({ first: 29_120, count: 16 });
});

test('leaves out a block with a port that is in use, on whatever address', async () => {
  await listen(29_106, '0.0.0.0');
  expect((await findBlock(6, range, [])).first).toBe(29_120);
  expect(await isListening(29_106)).toBe(true);
});

test('says so when all are taken', async () => {
  await expect(findBlock(6, range, [{ first: 29_104, count: 32 }])).rejects.toThrow('no block of 16 free ports');
});

test('never reaches into the ports that the kernel hands out', async () => {
  const { first } = ephemeralRange();
  await expect(findBlock(1, { first: first - 8, end: 65_536 }, [])).rejects.toThrow('no block');
});

test.each([
  'nginx: [emerg] bind() to 127.0.0.1:24000 failed (98: Address already in use)',
  'could not bind IPv4 address "127.0.0.1": Address already in use',
  'Error: listen EADDRINUSE: address already in use 127.0.0.1:24002',
])('knows the words of a server whose port was taken: %s', (words) => {
  expect(saysPortTaken(words)).toBe(true);
});

async function listen(port: number, host: string): Promise<void> {
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
}
