import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RunError } from './run-error.ts';

/** A page of metrics on this machine, for as long as somebody runs something. */
export interface MetricsEndpoint {
  /** `http://127.0.0.1:PORT/metrics` */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves `GET /metrics` on 127.0.0.1, the text as it is at that moment; nothing else. Port 0 is any that is free.
 * @throws RunError when the port cannot be had.
 */
export async function openMetricsEndpoint(port: number, text: () => string): Promise<MetricsEndpoint> {
  const server = createServer((request, response) => {
    const isAsked = request.method === 'GET' && request.url?.split('?')[0] === '/metrics';
    if (!isAsked) response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('GET /metrics\n');
    else response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'it is taken' : error.message;
      reject(
        new RunError(
          `metrics cannot be served on port ${port}: ${why}`,
          'choose another `--metrics-port`, or 0 for any',
        ),
      );
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  // A server that listens on a port has an address of this kind.
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}/metrics`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
