import { Pool, errors } from 'undici';
import type { Ending } from '../../../engines/ledger/flight.ts';
import type { Recorder } from '../recorder.ts';

/** A request as a probe sends it. A body is sent as JSON. */
export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Statuses from 400 on that are a proper answer here. */
  readonly accept?: readonly number[];
  /** When it was due, of `performance.now()`; now unless said otherwise. */
  readonly due_ms?: number;
}

export interface Answer {
  readonly status: number;
  /** Names are in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

const TIMEOUT_MS = 30_000;

/** Sends requests to one server over connections that are kept, and has each recorded. */
export class Caller {
  readonly #pool: Pool;
  readonly #recorder: Recorder;

  constructor(base_url: string, connections: number, recorder: Recorder) {
    this.#recorder = recorder;
    this.#pool = new Pool(base_url, { connections, headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS });
  }

  /** The answer, whatever its status: `ok` below 400, or where it is accepted. Null when there was none, which is recorded, too. */
  async ask(name: string, { method = 'GET', path, headers, body, accept = [], due_ms }: Call): Promise<Answer | null> {
    const begun = this.#recorder.begin(name, due_ms);
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    const content = body === undefined ? null : JSON.stringify(body);
    try {
      const answer = await this.#pool.request({ method, path, headers: { ...type, ...headers }, body: content });
      const bytes = Buffer.from(await answer.body.arrayBuffer());
      const good = answer.statusCode < 400 || accept.includes(answer.statusCode);
      begun.end(good ? 'ok' : 'http_error', answer.statusCode);
      return { status: answer.statusCode, headers: answer.headers, body: bytes };
    } catch (error) {
      begun.end(endingOf(error));
      return null;
    }
  }

  /** Ends all connections; what is under way fails. */
  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}

function endingOf(error: unknown): Ending {
  const late = [errors.HeadersTimeoutError, errors.BodyTimeoutError, errors.ConnectTimeoutError];
  return late.some((kind) => error instanceof kind) ? 'timeout' : 'reset';
}
