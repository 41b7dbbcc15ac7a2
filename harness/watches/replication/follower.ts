import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { DatabaseLine } from '../database-line.ts';

/** A row that was committed. */
export interface Beat {
  readonly n: number;
  /** When that was answered, ms since the epoch. */
  readonly at_ms: number;
  /** Of the primary's log, after the commit. */
  readonly position: string;
}

/** How long one replica took to show one row, and how far behind it was when the row had been committed. */
export interface LagSample {
  /** When the row was committed, ms since the epoch. */
  readonly at_ms: number;
  readonly lag_s: number;
  readonly lag_bytes: number;
}

/** The first question comes at once, later ones less and less often. */
const AGAIN_MS = 2;
const AGAIN_MS_MAX = 50;
const AGAIN_FACTOR = 1.5;

const shownShape = z.tuple([z.object({ n: z.coerce.number(), behind: z.number().nullable(), replica: z.boolean() })]);

/** Asks one node until it shows the rows that were committed. What a node that is no replica shows is no lag. */
export class Follower {
  readonly #line: DatabaseLine;
  readonly #table: string;
  readonly #samples: LagSample[] = [];
  #awaited: { readonly beat: Beat; lag_bytes?: number }[] = [];
  #following: Promise<void> | undefined;
  #stopped = false;

  constructor(line: DatabaseLine, table: string) {
    this.#line = line;
    this.#table = table;
  }

  add(beat: Beat): void {
    this.#awaited.push({ beat });
    this.#following ??= this.#follow().finally(() => (this.#following = undefined));
  }

  /** What was never shown counts with the time until now. */
  async stop(): Promise<readonly LagSample[]> {
    this.#stopped = true;
    await this.#following;
    await this.#line.close();
    return this.#samples;
  }

  async #follow(): Promise<void> {
    for (
      let again_ms = AGAIN_MS;
      this.#awaited.length > 0;
      again_ms = Math.min(again_ms * AGAIN_FACTOR, AGAIN_MS_MAX)
    ) {
      try {
        await this.#ask();
      } catch {
        // Who does not answer is away, and how far behind it is cannot be said.
        this.#awaited = [];
      }
      if (this.#awaited.length > 0) await delay(again_ms);
    }
  }

  async #ask(): Promise<void> {
    const newest = this.#awaited.at(-1);
    const [shown] = shownShape.parse(await this.#line.ask(this.#question(newest?.beat.position ?? '0/0')));
    const now_ms = Date.now();
    if (newest) newest.lag_bytes ??= shown.behind ?? 0;
    const waiting = this.#awaited;
    this.#awaited = this.#stopped || !shown.replica ? [] : waiting.filter(({ beat }) => beat.n > shown.n);
    if (!shown.replica) return;
    for (const { beat, lag_bytes = 0 } of waiting) {
      if (beat.n > shown.n && !this.#stopped) continue;
      this.#samples.push({ at_ms: beat.at_ms, lag_s: (now_ms - beat.at_ms) / 1000, lag_bytes });
    }
  }

  #question(position: string) {
    const text = `SELECT coalesce(max(n), 0) AS n, pg_is_in_recovery() AS replica,
                         greatest(0, pg_wal_lsn_diff($1, pg_last_wal_replay_lsn()))::float8 AS behind FROM ${this.#table}`;
    return { name: 'shown', text, values: [position] };
  }
}
