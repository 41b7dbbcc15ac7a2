import type { Queries } from '../database/database.ts';
import { QuietLog, type Log } from '../log.ts';
import type { Counts } from '../metrics/metrics.ts';
import { BATCH, type Pruning } from './retention.ts';

const EVERY_MS = 60_000;
/** Of each kind, in one turn: what has piled up goes in several, so that nobody notices. */
const BATCHES_MAX = 100;

/**
 * Keeps tables bounded: every minute what is old enough goes, in batches. Several instances may be at it: each passes over
 * what another one holds.
 */
export class Pruner {
  readonly #database: Queries;
  readonly #prunings: readonly Pruning[];
  readonly #counts: Counts;
  readonly #quiet: QuietLog;
  #timer: NodeJS.Timeout | undefined;
  #turn: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(database: Queries, prunings: readonly Pruning[], counts: Counts, log: Log) {
    this.#database = database;
    this.#prunings = prunings;
    this.#counts = counts;
    this.#quiet = new QuietLog(log);
  }

  start(): void {
    // Instances that were started together do not come together.
    this.#schedule(EVERY_MS * Math.random());
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#turn;
  }

  /** One turn over all kinds. Rejects when the database does. */
  async prune(): Promise<void> {
    for (const { table, statement, values } of this.#prunings) {
      for (let batch = 0, rows = BATCH; rows === BATCH && batch < BATCHES_MAX && !this.#stopped; batch += 1) {
        ({ rows } = await this.#database.queryOne<{ rows: number }>(statement, [...values]));
        this.#counts.pruned[table] += rows;
      }
    }
  }

  #schedule(wait_ms: number): void {
    this.#timer = setTimeout(() => {
      this.#turn = this.prune()
        .catch((error: unknown) => this.#quiet.warn(error, 'what is old stays for now'))
        .finally(() => {
          if (!this.#stopped) this.#schedule(EVERY_MS);
        });
    }, wait_ms);
    this.#timer.unref();
  }
}
