import { connect } from 'node:net';
import type { Socket } from 'node:net';

const CONNECT_MS = 2_000;
const ANSWER_MS = 5_000;

/** The same command many times over, as bytes, and how long the answer is when nothing is wrong with it. */
export interface Volley {
  readonly bytes: Buffer;
  readonly answer_bytes: number;
}

/** Redis's protocol as its specification has it (RESP2): commands as arrays of bulk strings. */
export function command(...words: readonly string[]): string {
  return `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`;
}

export function getVolley(key: string, value: string, times: number): Volley {
  const answer = `$${Buffer.byteLength(value)}\r\n${value}\r\n`;
  return { bytes: Buffer.from(command('GET', key).repeat(times)), answer_bytes: Buffer.byteLength(answer) * times };
}

export function setVolley(key: string, value: string, times: number): Volley {
  return { bytes: Buffer.from(command('SET', key, value).repeat(times)), answer_bytes: '+OK\r\n'.length * times };
}

/**
 * A connection to Redis that asks for what it knows the answer to, and so has only to count its bytes: a client that makes a command of each
 * request and parses each answer takes several times as much processor as Redis itself.
 */
export class RedisWire {
  readonly #socket: Socket;
  #missing_bytes = 0;
  #waiting: PromiseWithResolvers<void> | undefined;
  #broken: Error | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (bytes: Buffer) => this.#received(bytes));
    socket.on('error', (error) => this.#break(error));
    socket.on('close', () => this.#break(new Error('Redis closed the connection')));
  }

  /** Rejects when Redis does not accept the connection or its password. */
  static async open(url: string): Promise<RedisWire> {
    const { hostname, port, password } = new URL(url);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const socket = connect({ host: hostname, port: Number(port), timeout: CONNECT_MS, noDelay: true });
    socket.once('connect', resolve).once('error', reject);
    socket.once('timeout', () => socket.destroy(new Error('Redis does not accept the connection')));
    await promise;
    socket.setTimeout(0);
    const wire = new RedisWire(socket);
    if (password !== '') {
      const signIn = Buffer.from(command('AUTH', decodeURIComponent(password)));
      await wire.ask({ bytes: signIn, answer_bytes: '+OK\r\n'.length });
    }
    return wire;
  }

  /** Resolves when the whole answer is there; rejects for an error among it, and when it does not come. One at a time. */
  async ask({ bytes, answer_bytes }: Volley): Promise<void> {
    if (this.#broken) throw this.#broken;
    const waiting = Promise.withResolvers<void>();
    this.#waiting = waiting;
    this.#missing_bytes = answer_bytes;
    const timer = setTimeout(() => this.#socket.destroy(new Error('Redis does not answer')), ANSWER_MS);
    this.#socket.write(bytes);
    try {
      await waiting.promise;
    } finally {
      clearTimeout(timer);
    }
  }

  close(): void {
    this.#socket.destroy();
  }

  #received(bytes: Buffer): void {
    this.#missing_bytes -= bytes.length;
    // An error is another number of bytes, or begins with its sign where an answer begins.
    if (this.#missing_bytes < 0 || bytes[0] === ERROR_SIGN) {
      this.#socket.destroy(new Error(`Redis answered ${bytes.toString('latin1').slice(0, 80)}`));
    } else if (this.#missing_bytes === 0) {
      this.#waiting?.resolve();
      this.#waiting = undefined;
    }
  }

  #break(error: Error): void {
    this.#broken ??= error;
    this.#waiting?.reject(this.#broken);
    this.#waiting = undefined;
  }
}

const ERROR_SIGN = '-'.charCodeAt(0);
