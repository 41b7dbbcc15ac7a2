import { Pool } from 'undici';
import { unavailable, type Problem } from '../http/problem.ts';
import type { Counts } from '../metrics/metrics.ts';
import { CircuitBreaker } from '../third-party/circuit-breaker.ts';
import type { Answer } from './answer.ts';
import type { Peer } from './peers.ts';

/** Connections to each instance. */
const CONNECTIONS = 64;
const TIMEOUT_MS = 3_000;
const CONNECT_MS = 1_000;
/** Calls under way; more could not be answered in time, and would pile up here. */
const CALLS_MAX = 1_000;

/**
 * Calls of one service to another: kept connections, a timeout over the whole call, bounded, and a circuit breaker for each
 * instance. An instance that does not answer is passed over for the next one, so what is called has to be idempotent.
 */
export class ServiceClient {
  readonly #peer: Peer;
  readonly #lines: readonly { readonly pool: Pool; readonly breaker: CircuitBreaker }[];
  readonly #secret: string;
  readonly #counts: Counts;
  #turn = 0;
  #underWay = 0;

  constructor(peer: Peer, { urls, secret }: { urls: readonly string[]; secret: string }, counts: Counts) {
    this.#peer = peer;
    this.#secret = secret;
    this.#counts = counts;
    this.#lines = urls.map((url) => ({
      pool: new Pool(new URL(url).origin, { connections: CONNECTIONS, connect: { timeout: CONNECT_MS } }),
      breaker: new CircuitBreaker(),
    }));
  }

  /**
   * Posts to an internal route. Any answer below 500 is returned; throws a 503 `Problem` when no instance has one within
   * `timeout_ms`.
   */
  async post(path: string, body: object, timeout_ms: number = TIMEOUT_MS): Promise<Answer> {
    return await this.#call('POST', `/internal${path}`, JSON.stringify(body), timeout_ms);
  }

  /** Reads a public route, given without the prefix; otherwise as `post`. */
  async get(path: string, timeout_ms: number = TIMEOUT_MS): Promise<Answer> {
    return await this.#call('GET', `/api/v1${path}`, undefined, timeout_ms);
  }

  async close(): Promise<void> {
    await Promise.all(this.#lines.map(({ pool }) => pool.destroy()));
  }

  async #call(method: 'GET' | 'POST', path: string, body: string | undefined, timeout_ms: number): Promise<Answer> {
    if (this.#underWay >= CALLS_MAX) throw this.#away('refused', new Error('too many calls are under way'));
    this.#underWay += 1;
    // From the call on, so that waiting for a free connection counts.
    const signal = AbortSignal.timeout(timeout_ms);
    const first = this.#turn++;
    let failed: unknown;
    try {
      for (let n = 0; n < this.#lines.length && !signal.aborted; n += 1) {
        const line = this.#lines[(first + n) % this.#lines.length];
        if (line === undefined) break;
        try {
          const answer = await line.breaker.call(() => this.#send(line.pool, { method, path, body, signal }));
          this.#counts.serviceCall(this.#peer, 'answered');
          return answer;
        } catch (error) {
          failed = error;
        }
      }
    } finally {
      this.#underWay -= 1;
    }
    throw this.#away('failed', failed);
  }

  async #send(
    pool: Pool,
    call: { method: 'GET' | 'POST'; path: string; body: string | undefined; signal: AbortSignal },
  ): Promise<Answer> {
    const { method, path, body, signal } = call;
    const answer = await pool.request({
      method,
      path,
      headers: {
        'x-service-secret': this.#secret,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body }),
      signal,
    });
    const text = await answer.body.text();
    if (answer.statusCode >= 500) throw new Error(`the ${this.#peer} service answered ${answer.statusCode}`);
    return { status: answer.statusCode, body: text === '' ? undefined : JSON.parse(text) };
  }

  #away(outcome: 'failed' | 'refused', cause: unknown): Problem {
    this.#counts.serviceCall(this.#peer, outcome);
    return unavailable(`the ${this.#peer} service is away`, cause);
  }
}
