import { Pool } from 'undici';
import { z } from 'zod';
import { CircuitBreaker } from './circuit-breaker.ts';
import { THIRD_PARTIES, ThirdPartyError, type ThirdParties, type ThirdParty } from './third-parties.ts';

/** Connections to each: what does not get one within the timeout has failed. */
const CONNECTIONS = 32;
const TIMEOUT_MS = 10_000;

const charged = z.object({ transactionId: z.string(), paid: z.boolean() });
const labelled = z.object({ trackingId: z.string() });

/** The third parties over HTTP: timeouts, bounded connections, and a circuit breaker for each. */
export function httpThirdParties(baseUrl: string, timeout_ms: number = TIMEOUT_MS): ThirdParties {
  const origin = new URL(baseUrl).origin;
  const lines = new Map(THIRD_PARTIES.map((name) => [name, new Line(origin, name, timeout_ms)]));
  const line = (name: ThirdParty): Line => {
    const found = lines.get(name);
    if (found === undefined) throw new RangeError(`no third party ${name}`);
    return found;
  };
  return {
    charge: async (key, charge) => charged.parse(await line('payment').post('charges', key, charge)),
    refund: async (key, charge) => void (await line('payment').post('refunds', key, charge)),
    sendEmail: async (key, letter) => void (await line('email').post('messages', key, letter)),
    createLabel: async (key, parcel) => labelled.parse(await line('shipping').post('labels', key, parcel)),
    book: async (key, booking) => void (await line('accounting').post('bookings', key, booking)),
    close: async () => {
      await Promise.all(Array.from(lines.values(), (each) => each.close()));
    },
  };
}

/** The line to one third party. */
class Line {
  readonly #name: ThirdParty;
  readonly #pool: Pool;
  readonly #breaker = new CircuitBreaker();
  readonly #timeout_ms: number;

  constructor(origin: string, name: ThirdParty, timeout_ms: number) {
    this.#name = name;
    this.#timeout_ms = timeout_ms;
    this.#pool = new Pool(origin, {
      connections: CONNECTIONS,
      connect: { timeout: Math.min(timeout_ms, 2_000) },
      headersTimeout: timeout_ms,
      bodyTimeout: timeout_ms,
    });
  }

  async post(what: string, key: string, body: object): Promise<unknown> {
    const isFailure = (error: unknown) => !(error instanceof ThirdPartyError && error.retryAfter_s !== undefined);
    try {
      return await this.#breaker.call(() => this.#send(what, key, body), isFailure);
    } catch (error) {
      if (error instanceof ThirdPartyError) throw error;
      throw new ThirdPartyError(`${this.#name} is away`, { cause: error });
    }
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  async #send(what: string, key: string, body: object): Promise<unknown> {
    const answer = await this.#pool.request({
      method: 'POST',
      path: `/${this.#name}/${what}`,
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(body),
      // From the call on, so that waiting for a free connection counts.
      signal: AbortSignal.timeout(this.#timeout_ms),
    });
    if (answer.statusCode === 429) {
      await answer.body.dump();
      const retryAfter_s = Number(answer.headers['retry-after']);
      throw new ThirdPartyError(`${this.#name} wants fewer calls`, {
        retryAfter_s: Number.isFinite(retryAfter_s) && retryAfter_s > 0 ? retryAfter_s : 1,
      });
    }
    if (answer.statusCode >= 300) {
      await answer.body.dump();
      throw new ThirdPartyError(`${this.#name} answered ${answer.statusCode}`);
    }
    return await answer.body.json();
  }
}
