import { setTimeout as wait } from 'node:timers/promises';
import { QuietLog, type Log } from '../log.ts';
import { signWebhook } from '../third-party/signature.ts';

const TIMEOUT_MS = 5_000;
const RETRY_AFTER_MS = [500, 2_000, 8_000];
/** More than this under way are dropped: the shop has the answer of the call as well. */
const UNDERWAY_MAX = 1_000;

/** Tells the shop, signed, what became of a charge; tries again for a while when the shop does not take it. */
export class Webhooks {
  readonly #url: string | undefined;
  readonly #secret: string;
  readonly #quiet: QuietLog;
  #underway = 0;

  /** Without a URL nothing is sent. */
  constructor(url: string | undefined, secret: string, log: Log) {
    this.#url = url;
    this.#secret = secret;
    this.#quiet = new QuietLog(log);
  }

  send(news: object): void {
    const url = this.#url;
    if (url === undefined || this.#underway >= UNDERWAY_MAX) return;
    this.#underway += 1;
    void this.#deliver(url, JSON.stringify(news)).finally(() => {
      this.#underway -= 1;
    });
  }

  async #deliver(url: string, body: string): Promise<void> {
    for (const retryAfter_ms of [...RETRY_AFTER_MS, null]) {
      try {
        const headers = {
          'content-type': 'application/json',
          'x-signature': signWebhook(body, this.#secret, Math.floor(Date.now() / 1_000)),
        };
        const answer = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(TIMEOUT_MS) });
        await answer.arrayBuffer();
        if (answer.status < 500) return;
      } catch (error) {
        this.#quiet.warn(error, 'a webhook was not taken');
      }
      if (retryAfter_ms === null) return;
      await wait(retryAfter_ms, undefined, { ref: false });
    }
  }
}
