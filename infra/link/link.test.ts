import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createControl } from './control.ts';
import { Link } from './link.ts';

const near = { delay_ms: 1, bandwidth_bytes_per_s: null, cut: false, black_hole: false };
let servers: Server[];
beforeEach(() => {
  servers = [];
});
afterEach(() => servers.forEach((server) => server.close()));

async function listen(server: Server): Promise<number> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // What listens on TCP has a port.
  return (server.address() as AddressInfo).port;
}

/** Sends back whatever comes, and closes when the other side does. */
const echo = (): Server => createServer((socket) => socket.on('error', () => undefined).pipe(socket));

function open(port: number): Socket {
  return connect({ port, host: '127.0.0.1', allowHalfOpen: true });
}

test('carries all bytes both ways, and a half-closed connection', async () => {
  const link = new Link([await listen(echo())], near);
  const socket = open(await listen(link.server));
  const sent = Array.from({ length: 200_000 }, (_, n) => n).join();
  socket.end(sent);
  expect((await text(socket)) === sent).toBe(true);
  expect(link.counts).toEqual({ connections: 1, bytes_to_target: sent.length, bytes_from_target: sent.length });
});

test('connections go to one target after the other', async () => {
  const named = (name: string): Server => createServer((socket) => socket.end(name));
  const link = new Link([await listen(named('a')), await listen(named('b'))], near);
  const port = await listen(link.server);
  const answers: string[] = [];
  for (let n = 0; n < 4; n += 1) answers.push(await text(open(port)));
  expect(answers).toEqual(['a', 'b', 'a', 'b']);
});

test('a cut link resets what is open and what is opened, until it is mended', async () => {
  const link = new Link([await listen(echo())], near);
  const port = await listen(link.server);
  const before = open(port);
  before.write('hello');
  await once(before, 'data');
  link.change({ cut: true });
  expect(await failureOf(before)).toBe('ECONNRESET');
  expect(await failureOf(open(port))).toBe('ECONNRESET');
  link.change({ cut: false });
  const after = open(port);
  after.end('again');
  expect(await text(after)).toBe('again');
});

test('a black hole swallows bytes and keeps connections, which are reset when it ends', async () => {
  const link = new Link([await listen(echo())], near);
  const port = await listen(link.server);
  const before = open(port);
  before.write('hello');
  await once(before, 'data');
  link.change({ black_hole: true });
  const during = open(port);
  const heard: string[] = [];
  for (const socket of [before, during]) socket.on('data', (chunk) => heard.push(String(chunk)));
  before.write('lost');
  during.write('lost, too');
  await vi.waitFor(() => expect(link.counts.bytes_to_target).toBe('hello'.length + 'lost'.length + 'lost, too'.length));
  const failures = Promise.all([failureOf(before), failureOf(during)]);
  link.change({ black_hole: false });
  expect(await failures).toEqual(['ECONNRESET', 'ECONNRESET']);
  expect(heard).toEqual([]);
  const after = open(port);
  after.end('again');
  expect(await text(after)).toBe('again');
});

test('a reset breaks what is open, once', async () => {
  const link = new Link([await listen(echo())], near);
  const port = await listen(link.server);
  const before = open(port);
  before.write('hello');
  await once(before, 'data');
  link.change({ reset: true });
  expect(await failureOf(before)).toBe('ECONNRESET');
  const after = open(port);
  after.end('again');
  expect(await text(after)).toBe('again');
});

test('a target that is not there resets the connection', async () => {
  const nowhere = createServer();
  const port = await listen(nowhere);
  nowhere.close();
  await once(nowhere, 'close');
  const link = new Link([port], near);
  expect(await failureOf(open(await listen(link.server)))).toBe('ECONNRESET');
});

test('the control port tells and changes conditions, and says what is wrong with a change', async () => {
  const link = new Link([await listen(createHttpServer())], near);
  const url = `http://127.0.0.1:${await listen(createControl(link))}/`;
  const put = (body: string): Promise<Response> => fetch(url, { method: 'PUT', body });
  expect((await put('{"delay_ms": 20, "bandwidth_bytes_per_s": 1000}')).status).toBe(200);
  const counts = { connections: 0, bytes_to_target: 0, bytes_from_target: 0 };
  expect(await (await fetch(url)).json()).toEqual({
    delay_ms: 20,
    bandwidth_bytes_per_s: 1_000,
    cut: false,
    black_hole: false,
    ...counts,
  });
  for (const body of ['{"delay_ms": -1}', '{"dealy_ms": 1}', '{"cut": "yes"}', 'cut', 'x'.repeat(2_000)]) {
    const refused = await put(body);
    expect([body, refused.status]).toEqual([body, 400]);
    expect(await refused.json()).toEqual({ error: expect.stringMatching(/\w/) });
  }
  expect(link.conditions).toMatchObject({ delay_ms: 20, bandwidth_bytes_per_s: 1_000, cut: false });
  expect((await fetch(url, { method: 'DELETE' })).status).toBe(405);
});

async function failureOf(socket: Socket): Promise<unknown> {
  const [error] = (await once(socket.resume(), 'error').catch((reason: unknown) => [reason])) as [unknown];
  return error instanceof Error && 'code' in error ? error.code : error;
}
