import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { HeldConnection, completeStatus } from './held-connection.ts';

describe('an answer is complete', () => {
  it('with its head where it has no body, and with the last byte of its body', () => {
    expect(completeStatus('HTTP/1.1 204 No Content\r\n\r\n')).toBe(204);
    expect(completeStatus('HTTP/1.1 200 OK\r\nContent-Length: 5\r\nA: b\r\n\r\n12345')).toBe(200);
    expect(completeStatus('HTTP/1.1 200 OK\r\nA: b\r\ncontent-length: 5\r\n\r\n12345')).toBe(200);
  });
  it('and not before', () => {
    expect(completeStatus('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n')).toBeUndefined();
    expect(completeStatus('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n1234')).toBeUndefined();
  });
});

describe('a held connection', () => {
  let server: Server | undefined;
  afterEach(() => server?.closeAllConnections());
  afterEach(() => server?.close());

  async function listening(status: number): Promise<URL> {
    server = createServer((_request, response) => void response.writeHead(status, { 'Content-Length': 2 }).end('ok'));
    const one = server;
    await new Promise<void>((resolve) => void one.listen(0, '127.0.0.1', resolve));
    return new URL(`http://127.0.0.1:${(one.address() as AddressInfo).port}/health`);
  }

  it('is asked again and again, from the address that it was given', async () => {
    const url = await listening(200);
    const from: (string | undefined)[] = [];
    server?.on('connection', ({ remoteAddress }) => from.push(remoteAddress));
    const one = await HeldConnection.open(url, '127.0.1.3');
    expect([await one.ask(), await one.ask()]).toEqual([200, 200]);
    expect(from).toEqual(['127.0.1.3']);
    one.close();
  });

  it('knows when the server has closed it, and rejects what was asked', async () => {
    const one = await HeldConnection.open(await listening(200), '127.0.1.1');
    server?.prependListener('request', ({ socket }) => socket.destroy());
    await expect(one.ask()).rejects.toThrow('closed');
    await vi.waitFor(() => expect(one.open).toBe(false));
    await expect(one.ask()).rejects.toThrow('it was closed');
  });

  it('is refused where nobody listens', async () => {
    const url = await listening(200);
    const closed = Promise.withResolvers<void>();
    server?.close(() => closed.resolve());
    await closed.promise;
    await expect(HeldConnection.open(url, '127.0.1.1')).rejects.toThrow('ECONNREFUSED');
  });
});
