import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export interface Stub {
  readonly url: string;
  /** Method, path and body of every request that came in whole, in order. */
  readonly seen: { readonly method: string; readonly path: string; readonly body: string }[];
  /** Connections that are open now. */
  readonly open: () => number;
  close(): Promise<void>;
}

/** How a stub answers request number `n` (from 0). `at_ms` counts from the first request. */
export type Answer = (request: IncomingMessage, response: ServerResponse, n: number, at_ms: number) => void;

/** A server on a free port of 127.0.0.1 that answers as told. */
export async function startStub(answer: Answer): Promise<Stub> {
  const seen: { method: string; path: string; body: string }[] = [];
  let open = 0;
  let first_ms: number | undefined;
  const server = createServer((request, response) => {
    let body = '';
    const now_ms = performance.now();
    first_ms ??= now_ms;
    const at_ms = now_ms - first_ms;
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      seen.push({ method: request.method ?? '', path: request.url ?? '', body });
      answer(request, response, seen.length - 1, at_ms);
    });
  });
  server.on('connection', (socket) => {
    open++;
    socket.on('close', () => open--);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 1024, resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    open: () => open,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers 200 with a small body. */
export function ok(response: ServerResponse): void {
  response.setHeader('content-type', 'application/json');
  response.end('{"ok":true}');
}

/** Answers 200 `delay_ms` from now. */
export function okAfter(response: ServerResponse, delay_ms: number): void {
  setTimeout(() => ok(response), delay_ms);
}
