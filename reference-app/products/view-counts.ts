import type { Queries, Statement } from '../database/database.ts';
import { QuietLog, type Log } from '../log.ts';

const FLUSH_EVERY_MS = 5_000;
/** Products counted between two writes; views of further ones are not counted. */
const PRODUCTS_MAX = 10_000;

/** In order of the id, so that instances that write at once wait for each other instead of deadlocking. */
const ADD_VIEWS: Statement = {
  name: 'add-views',
  kind: 'write',
  text: `INSERT INTO product_views AS v (product_id, views)
         SELECT product_id, views FROM unnest($1::bigint[], $2::bigint[]) AS seen (product_id, views) ORDER BY product_id
         ON CONFLICT (product_id) DO UPDATE SET views = v.views + excluded.views`,
};

/**
 * How often products are looked at, written behind: counted in this process and added to the database every five seconds, in one
 * statement. What an instance that dies had not written is lost, which is the price of views that cost no write each.
 */
export class ViewCounts {
  readonly #database: Queries;
  readonly #quiet: QuietLog;
  #views = new Map<number, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(database: Queries, log: Log) {
    this.#database = database;
    this.#quiet = new QuietLog(log);
  }

  start(): void {
    this.#timer = setInterval(() => void this.flush(), FLUSH_EVERY_MS);
    this.#timer.unref();
  }

  count(productId: number, views = 1): void {
    const before = this.#views.get(productId);
    if (before === undefined && this.#views.size >= PRODUCTS_MAX) return;
    this.#views.set(productId, (before ?? 0) + views);
  }

  /** Writes what was counted; what cannot be written is kept for the next time. Never rejects. */
  async flush(): Promise<void> {
    if (this.#views.size === 0) return;
    const views = this.#views;
    this.#views = new Map();
    try {
      await this.#database.query(ADD_VIEWS, [[...views.keys()], [...views.values()]]);
    } catch (error) {
      this.#quiet.warn(error, 'views wait to be written');
      for (const [productId, count] of views) this.count(productId, count);
    }
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }
}
