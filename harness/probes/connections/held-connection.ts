import { connect } from 'node:net';
import type { Socket } from 'node:net';

const OPEN_MS = 10_000;
const ANSWER_MS = 10_000;

/** One HTTP/1.1 connection that stays open between requests, at the cost of a socket and nothing else. */
export class HeldConnection {
  readonly #socket: Socket;
  readonly #request: string;
  #answer = '';
  #waiting: PromiseWithResolvers<number> | undefined;
  #open = true;

  private constructor(socket: Socket, request: string) {
    this.#socket = socket;
    this.#request = request;
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => this.#received(text));
    socket.on('close', () => this.#closed());
    // `close` follows and says it.
    socket.on('error', () => undefined);
  }

  /** Rejects when nobody accepts it. `from` is one of the loopback addresses, each of which has ports of its own. */
  static async open({ hostname, port, pathname }: URL, from: string): Promise<HeldConnection> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const socket = connect({ host: hostname, port: Number(port), localAddress: from, noDelay: true });
    const timer = setTimeout(() => socket.destroy(new Error('nobody accepted it in time')), OPEN_MS);
    socket.once('connect', resolve).once('error', reject);
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      socket.removeListener('error', reject);
    }
    return new HeldConnection(socket, `GET ${pathname} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n\r\n`);
  }

  get open(): boolean {
    return this.#open;
  }

  /** Sends the request, one at a time; resolves to the status. Rejects when the connection breaks, or nothing comes in time. */
  async ask(): Promise<number> {
    if (!this.#open || this.#waiting) throw new Error(this.#open ? 'it is asked already' : 'it was closed');
    const waiting = Promise.withResolvers<number>();
    this.#waiting = waiting;
    const timer = setTimeout(() => this.#socket.destroy(), ANSWER_MS);
    this.#socket.write(this.#request);
    try {
      return await waiting.promise;
    } finally {
      clearTimeout(timer);
    }
  }

  /** At once, by a reset: thousands that take their leave would keep their ports for a minute. */
  close(): void {
    this.#socket.resetAndDestroy();
  }

  #received(text: string): void {
    this.#answer += text;
    const status = completeStatus(this.#answer);
    if (status === undefined) return;
    this.#answer = '';
    this.#waiting?.resolve(status);
    this.#waiting = undefined;
  }

  #closed(): void {
    this.#open = false;
    this.#waiting?.reject(new Error('the connection was closed'));
    this.#waiting = undefined;
  }
}

/** The status of an answer with a Content-Length that is there to its last byte; undefined before. */
export function completeStatus(answer: string): number | undefined {
  const head = answer.indexOf('\r\n\r\n');
  if (head < 0) return undefined;
  const length = Number(/^content-length: *(\d+)\r$/im.exec(answer.slice(0, head + 2))?.[1] ?? 0);
  return answer.length >= head + 4 + length ? Number(answer.slice(9, 12)) : undefined;
}
