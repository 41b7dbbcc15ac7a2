import { Pool } from 'pg';
import type { Counts } from '../metrics/metrics.ts';

/** A probe that takes longer has failed; well below the interval at which anybody probes. */
const PROBE_MS = 1_000;

/**
 * Whether the database answers. It has a connection of its own, so that a pool which is busy is not taken for a database
 * which is away: under overload that would take healthy instances out of rotation one after the other.
 */
export class DatabaseProbe {
  readonly #pool: Pool;
  readonly #counts: Counts;
  #running: Promise<boolean> | undefined;

  constructor(url: string, applicationName: string, counts: Counts) {
    this.#counts = counts;
    this.#pool = new Pool({
      connectionString: url,
      application_name: `${applicationName}-health`,
      max: 1,
      connectionTimeoutMillis: PROBE_MS,
      query_timeout: PROBE_MS,
      statement_timeout: PROBE_MS,
    });
    // An idle connection that breaks shows in the next probe, which is the report.
    this.#pool.on('error', () => undefined);
  }

  /** Resolves within two seconds, and never rejects. Callers at the same time share one probe. */
  async answers(): Promise<boolean> {
    this.#running ??= this.#probe().finally(() => {
      this.#running = undefined;
    });
    return await this.#running;
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  async #probe(): Promise<boolean> {
    try {
      this.#counts.databaseQueries.read += 1;
      await this.#pool.query('SELECT 1');
      return true;
    } catch {
      // Being away is this probe's answer, not an error of it.
      return false;
    }
  }
}
