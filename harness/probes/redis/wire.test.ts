import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { RedisWire, command, getVolley, setVolley } from './wire.ts';

let server: Server | undefined;
afterEach(() => server?.close());

/** Answers each thing that it is sent with the next of the answers, in two pieces. */
async function redisThatAnswers(...answers: readonly string[]): Promise<string> {
  let next = 0;
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', () => {
      const answer = answers[next++] ?? '';
      socket.write(answer.slice(0, 3));
      setImmediate(() => socket.write(answer.slice(3)));
    });
  });
  const listening = server;
  await new Promise<void>((resolve) => void listening.listen(0, '127.0.0.1', resolve));
  return `redis://:secret@127.0.0.1:${(listening.address() as AddressInfo).port}`;
}

it('writes commands as arrays of bulk strings, by their bytes', () => {
  expect(command('SET', 'k', 'é')).toBe('*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$2\r\né\r\n');
});

it('knows how long the answer to a volley is', () => {
  expect(getVolley('k', 'value', 2)).toEqual({
    bytes: Buffer.from(command('GET', 'k').repeat(2)),
    answer_bytes: 2 * '$5\r\nvalue\r\n'.length,
  });
  expect(setVolley('k', 'value', 3).answer_bytes).toBe(15);
});

it('resolves when the whole answer is there, in as many pieces as it may come', async () => {
  const wire = await RedisWire.open(await redisThatAnswers('+OK\r\n', '$2\r\nab\r\n$2\r\nab\r\n'));
  await expect(wire.ask(getVolley('k', 'ab', 2))).resolves.toBeUndefined();
  wire.close();
});

it('rejects for an error, for a wrong password, and for more than it asked for', async () => {
  const wire = await RedisWire.open(await redisThatAnswers('+OK\r\n', '-MOVED 1 127.0.0.1:2\r\n'));
  await expect(wire.ask(getVolley('k', 'a value longer than the error', 2))).rejects.toThrow('-MO');
  server?.close();
  await expect(RedisWire.open(await redisThatAnswers('-WRONGPASS\r\n'))).rejects.toThrow('Redis answered');
  server?.close();
  const other = await RedisWire.open(await redisThatAnswers('+OK\r\n', '+OK\r\n+OK\r\n+OK\r\n'));
  await expect(other.ask(setVolley('k', 'v', 1))).rejects.toThrow('Redis answered');
});
