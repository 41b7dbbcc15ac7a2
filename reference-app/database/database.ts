import { Pool, type PoolClient, type QueryResultRow } from 'pg';
import { unavailable } from '../http/problem.ts';
import type { Log } from '../log.ts';
import { QuietLog } from '../log.ts';
import type { Counts, StatementKind } from '../metrics/metrics.ts';
import { breaksConnection, isUnavailable } from './availability.ts';

/** One SQL statement. A name makes it prepared: parsed and planned once per connection. */
export interface Statement {
  readonly name?: string;
  readonly kind: StatementKind;
  readonly text: string;
}

export interface DatabaseOptions {
  readonly url: string;
  readonly poolMax: number;
  readonly applicationName: string;
  /** How long to wait for a connection, be it a new or a busy one. */
  readonly acquire_ms?: number;
  /** The server's limit on one statement; the client waits half a second longer before it gives the connection up. */
  readonly statement_ms?: number;
}

/** More waiting requests than this cannot be served within `acquire_ms`; they are turned away at once. */
const WAITING_MAX = 1_000;

/** The pool, with every statement counted, waits bounded, and an absent database told apart from a bug. */
export class Database {
  readonly #pool: Pool;
  readonly #counts: Counts;

  constructor(options: DatabaseOptions, counts: Counts, log: Log) {
    const statement_ms = options.statement_ms ?? 3_000;
    this.#counts = counts;
    this.#pool = new Pool({
      connectionString: options.url,
      application_name: options.applicationName,
      max: options.poolMax,
      connectionTimeoutMillis: options.acquire_ms ?? 2_000,
      statement_timeout: statement_ms,
      query_timeout: statement_ms + 500,
      idleTimeoutMillis: 60_000,
      keepAlive: true,
    });
    const quiet = new QuietLog(log);
    // A connection that breaks while in use rejects its query, which reports it; without a listener of its own the same
    // event would end the process.
    this.#pool.on('connect', (client) => client.on('error', (error) => log.debug({ err: error }, 'connection broke')));
    this.#pool.on('error', (error) => quiet.warn(error, 'an idle database connection broke'));
  }

  get waiting(): number {
    return this.#pool.waitingCount;
  }

  get connections(): number {
    return this.#pool.totalCount;
  }

  /**
   * Sends one statement and returns its rows. Throws a 503 `Problem` when the database is away or overloaded, and the
   * driver's error otherwise.
   *
   * `pool.query` is not used: it throws the connection away, prepared statements and all, after any SQL error.
   */
  async query<Row extends QueryResultRow>(statement: Statement, values: unknown[]): Promise<Row[]> {
    if (this.#pool.waitingCount >= WAITING_MAX) throw unavailable('the database is overloaded');
    const client = await this.#connect();
    let broken = false;
    try {
      this.#counts.databaseQueries[statement.kind] += 1;
      const { name, text } = statement;
      const result = await client.query<Row>(name === undefined ? { text, values } : { name, text, values });
      return result.rows;
    } catch (error) {
      broken = breaksConnection(error);
      throw isUnavailable(error) ? unavailable('the database is away', error) : error;
    } finally {
      client.release(broken);
    }
  }

  /** As `query`, for statements that yield exactly one row. */
  async queryOne<Row extends QueryResultRow>(statement: Statement, values: unknown[]): Promise<Row> {
    const [row] = await this.query<Row>(statement, values);
    if (row === undefined) throw new Error(`statement ${statement.name ?? statement.text} yielded no row`);
    return row;
  }

  /** Waits for running statements, then closes every connection. */
  async close(): Promise<void> {
    await this.#pool.end();
  }

  async #connect(): Promise<PoolClient> {
    try {
      return await this.#pool.connect();
    } catch (error) {
      throw unavailable('the database is away', error);
    }
  }
}
