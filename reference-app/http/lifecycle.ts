import { createServer, type RequestListener, type Server } from 'node:http';
import type { Log } from '../log.ts';
import { answerClientError } from './client-error.ts';
import { answerExpectation, requireHost } from './protocol.ts';

/**
 * nginx closes idle connections to its upstreams after 60 s. Were we to close first, a request could meet a closing
 * connection and fail with a reset.
 */
const KEEP_ALIVE_MS = 95_000;
/** What is still running this long after the order to stop is cut off. */
const DRAIN_MS = 10_000;
const DRAIN_POLL_MS = 50;

/** A server that answers what Node's parser refuses like every other failure; it does not listen yet. */
export function createHttpServer(app: RequestListener): Server {
  const limits = { keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: 30_000, headersTimeout: 15_000 };
  const server = createServer({ ...limits, requireHostHeader: false }, requireHost(app));
  server.on('clientError', answerClientError);
  server.on('checkExpectation', answerExpectation);
  return server;
}

/** Resolves when the server listens; rejects when the address is taken. */
export async function listen(server: Server, { port, host }: { port: number; host: string }): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen({ port, host, backlog: 4_096 }, resolve);
  await promise;
  server.off('error', reject);
}

/**
 * Stops accepting and lets what runs finish, up to a deadline. Node closes idle connections when the server closes, but not
 * those that become idle later; these are looked for.
 */
export async function drain(server: Server, log: Log): Promise<void> {
  if (!server.listening) return;
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  const sweep = setInterval(() => server.closeIdleConnections(), DRAIN_POLL_MS);
  const deadline = setTimeout(() => {
    log.warn({ drain_ms: DRAIN_MS }, 'cutting off requests that would not end');
    server.closeAllConnections();
  }, DRAIN_MS);
  await closed;
  clearInterval(sweep);
  clearTimeout(deadline);
}

/** Resolves when the work is done, or when `DRAIN_MS` have passed. */
export async function withinDrain(work: Promise<void>): Promise<void> {
  const { promise: deadline, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, DRAIN_MS);
  await Promise.race([work, deadline]);
  clearTimeout(timer);
}
