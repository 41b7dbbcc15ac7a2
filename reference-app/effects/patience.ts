import { setTimeout as wait } from 'node:timers/promises';
import { Problem } from '../http/problem.ts';
import type { Counts } from '../metrics/metrics.ts';
import { ThirdPartyError } from '../third-party/third-parties.ts';
import type { ShopEvent, Worker } from './event.ts';

/** How long one event is held at most: well below the 30 min after which a broker gives up on its consumer. */
const PATIENCE_MS = 600_000;
const DATABASE_AWAY_MS = 1_000;
/** Nobody is waited for longer than this at a time. */
const WAIT_MAX_MS = 60_000;

/**
 * Waits where trying again is not a matter of luck: a third party said when to come back, or the database is away for
 * everybody. Such waits do not use up attempts, and they hold all events of this worker, so that the queue keeps them.
 */
export class Patience {
  readonly #perform: (worker: Worker, event: ShopEvent) => Promise<void>;
  readonly #counts: Counts;
  readonly #stopping: AbortSignal;
  #pausedUntil_ms = -Infinity;

  constructor(
    perform: (worker: Worker, event: ShopEvent) => Promise<void>,
    counts: Counts,
    stopping: AbortSignal = new AbortController().signal,
  ) {
    this.#perform = perform;
    this.#counts = counts;
    this.#stopping = stopping;
  }

  async perform(worker: Worker, event: ShopEvent): Promise<void> {
    const giveUp_ms = performance.now() + PATIENCE_MS;
    for (;;) {
      await this.#untilResumed();
      try {
        await this.#perform(worker, event);
        return;
      } catch (error) {
        const pause_ms = pauseFor(error);
        if (pause_ms === null || performance.now() + pause_ms > giveUp_ms) throw error;
        this.#counts.effect(worker, 'held');
        this.#pausedUntil_ms = Math.max(this.#pausedUntil_ms, performance.now() + pause_ms);
      }
    }
  }

  async #untilResumed(): Promise<void> {
    for (let left_ms = this.#left_ms(); left_ms > 0; left_ms = this.#left_ms()) {
      // A little apart from each other, so that those who waited do not all come back in the same moment.
      await wait(Math.min(left_ms, WAIT_MAX_MS) + Math.random() * 50, undefined, { signal: this.#stopping });
    }
  }

  #left_ms(): number {
    return this.#pausedUntil_ms - performance.now();
  }
}

function pauseFor(error: unknown): number | null {
  if (error instanceof ThirdPartyError && error.retryAfter_s !== undefined) {
    return Math.min(error.retryAfter_s * 1_000, WAIT_MAX_MS);
  }
  return error instanceof Problem && error.status === 503 ? DATABASE_AWAY_MS : null;
}
