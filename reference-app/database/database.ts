import { Pool, type PoolClient, type QueryResultRow } from 'pg';
import { Problem, unavailable } from '../http/problem.ts';
import type { Log } from '../log.ts';
import { QuietLog } from '../log.ts';
import type { Counts, StatementKind } from '../metrics/metrics.ts';
import { breaksConnection, isUnavailable, isUnknownUser } from './availability.ts';

/** One SQL statement. A name makes it prepared: parsed and planned once per connection. */
export interface Statement {
  readonly name?: string;
  readonly kind: StatementKind;
  readonly text: string;
}

/** Whose own data they are: a user's number, or a name. */
export type Owner = number | string;

/** Whose own data a statement reads or writes, and how to tell that a replica does not have all of it yet. */
export interface Owned<Row> {
  /** Absent where it is the question who they are: then only what is missing matters. */
  readonly owner?: Owner;
  readonly complete?: (rows: readonly Row[]) => boolean;
}

/** What stores need of a database. `own` matters where reads may go to a replica (see read-split.ts). */
export interface Queries {
  /**
   * Sends one statement and returns its rows. Throws a 503 `Problem` when the database is away or overloaded, and the
   * driver's error otherwise.
   */
  query<Row extends QueryResultRow>(statement: Statement, values: unknown[], own?: Owned<Row>): Promise<Row[]>;
  /** As `query`, for statements that yield exactly one row. */
  queryOne<Row extends QueryResultRow>(statement: Statement, values: unknown[], own?: Owned<Row>): Promise<Row>;
}

/** A connection within one transaction. */
export type Transaction = Pick<Queries, 'query'>;

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
export class Database implements Queries {
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

  /** `pool.query` is not used: it throws the connection away, prepared statements and all, after any SQL error. */
  async query<Row extends QueryResultRow>(statement: Statement, values: unknown[]): Promise<Row[]> {
    return await this.#withClient((client) => this.#send<Row>(client, statement, values));
  }

  async queryOne<Row extends QueryResultRow>(statement: Statement, values: unknown[]): Promise<Row> {
    return onlyRow(statement, await this.query<Row>(statement, values));
  }

  /** Runs work in one transaction; when it throws, nothing of it stays. Work must not wait long: it holds a connection. */
  async transaction<Value>(work: (transaction: Transaction) => Promise<Value>): Promise<Value> {
    const outcome = await this.#withClient(async (client) => {
      await client.query('BEGIN');
      const done = await this.#attempt(client, work);
      await client.query('failure' in done ? 'ROLLBACK' : 'COMMIT');
      return done;
    });
    if ('failure' in outcome) throw outcome.failure;
    return outcome.value;
  }

  /** Tells work that failed by itself from a query that did: only the latter says something of the connection. */
  async #attempt<Value>(
    client: PoolClient,
    work: (transaction: Transaction) => Promise<Value>,
  ): Promise<{ value: Value } | { failure: unknown }> {
    let failed: unknown;
    const query = async <Row extends QueryResultRow>(statement: Statement, values: unknown[]): Promise<Row[]> => {
      try {
        return await this.#send<Row>(client, statement, values);
      } catch (error) {
        failed = error;
        throw error;
      }
    };
    try {
      return { value: await work({ query }) };
    } catch (error) {
      if (error !== failed) return { failure: error };
      // On a connection that broke, the server rolls back by itself.
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }

  async #send<Row extends QueryResultRow>(client: PoolClient, statement: Statement, values: unknown[]): Promise<Row[]> {
    this.#counts.databaseQueries[statement.kind] += 1;
    const { name, text } = statement;
    const result = await client.query<Row>(name === undefined ? { text, values } : { name, text, values });
    return result.rows;
  }

  async #withClient<Value>(work: (client: PoolClient) => Promise<Value>): Promise<Value> {
    if (this.#pool.waitingCount >= WAITING_MAX) throw unavailable('the database is overloaded');
    const client = await this.#connect();
    let broken = false;
    try {
      return await work(client);
    } catch (error) {
      if (error instanceof Problem) throw error;
      broken = breaksConnection(error);
      if (isUnknownUser(error)) throw new Problem(401, 'UNAUTHENTICATED', 'this account does not exist any longer');
      throw isUnavailable(error) ? unavailable('the database is away', error) : error;
    } finally {
      client.release(broken);
    }
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

/** The one row a statement must yield. */
export function onlyRow<Row>(statement: Statement, [row]: readonly Row[]): Row {
  if (row === undefined) throw new Error(`statement ${statement.name ?? statement.text} yielded no row`);
  return row;
}
