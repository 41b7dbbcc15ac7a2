import { QuietLog, type Log } from '../log.ts';
import type { Queries, Statement } from './database.ts';

const FLUSH_EVERY_MS = 5_000;

export interface WrittenBehindOptions {
  readonly database: Pick<Queries, 'query'>;
  /** Adds counts ($2) to keys ($1), two arrays of the same length. */
  readonly add: Statement;
  /** Keys counted between two writes; further ones are not counted. */
  readonly keysMax: number;
  /** What the log says when counts have to wait. */
  readonly waiting: string;
}

/**
 * Counts that are written behind: kept in this process and added to the database every five seconds, in one statement. What an
 * instance that dies had not written is lost, which is the price of counts that cost no write each.
 */
export class WrittenBehind<Key extends string | number> {
  readonly #options: WrittenBehindOptions;
  readonly #quiet: QuietLog;
  #counts = new Map<Key, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: WrittenBehindOptions, log: Log) {
    this.#options = options;
    this.#quiet = new QuietLog(log);
  }

  start(): void {
    this.#timer = setInterval(() => void this.flush(), FLUSH_EVERY_MS);
    this.#timer.unref();
  }

  count(key: Key, times = 1): void {
    const before = this.#counts.get(key);
    if (before === undefined && this.#counts.size >= this.#options.keysMax) return;
    this.#counts.set(key, (before ?? 0) + times);
  }

  /** Writes what was counted; what cannot be written is kept for the next time. Never rejects. */
  async flush(): Promise<void> {
    if (this.#counts.size === 0) return;
    const { database, add, waiting } = this.#options;
    const counts = this.#counts;
    this.#counts = new Map();
    try {
      await database.query(add, [[...counts.keys()], [...counts.values()]]);
    } catch (error) {
      this.#quiet.warn(error, waiting);
      for (const [key, times] of counts) this.count(key, times);
    }
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }
}
