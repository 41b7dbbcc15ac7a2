import type { QueryResultRow } from 'pg';
import { Problem } from '../http/problem.ts';
import type { Counts } from '../metrics/metrics.ts';
import { isRecoveryConflict } from './availability.ts';
import { onlyRow, type Owned, type Queries, type Statement } from './database.ts';
import type { Freshness } from './read-your-writes.ts';

/** After a replica failed, reads leave it alone for this long instead of waiting for it one after the other. */
const AVOID_MS = 1_000;

/**
 * Writes to the primary, reads to a replica. Reads of a user's own data go where the strategy says; what a replica shows
 * too little of, and what it cannot answer at all, the primary answers.
 */
export class SplitDatabase implements Queries {
  readonly #primary: Queries;
  readonly #replica: Queries;
  readonly #freshness: Freshness;
  readonly #counts: Counts;
  #avoidUntil_ms = -Infinity;

  constructor(primary: Queries, replica: Queries, freshness: Freshness, counts: Counts) {
    this.#primary = primary;
    this.#replica = replica;
    this.#freshness = freshness;
    this.#counts = counts;
  }

  async query<Row extends QueryResultRow>(statement: Statement, values: unknown[], own?: Owned<Row>): Promise<Row[]> {
    if (statement.kind === 'write') {
      const rows = await this.#primary.query<Row>(statement, values);
      if (own?.owner !== undefined) await this.#freshness.wrote(own.owner);
      return rows;
    }
    if (own?.owner !== undefined && (await this.#freshness.needsPrimary(own.owner))) {
      return await this.#fromPrimary<Row>(statement, values);
    }
    return await this.#fromReplica(statement, values, own);
  }

  async queryOne<Row extends QueryResultRow>(statement: Statement, values: unknown[], own?: Owned<Row>): Promise<Row> {
    return onlyRow(statement, await this.query(statement, values, own));
  }

  async #fromReplica<Row extends QueryResultRow>(
    statement: Statement,
    values: unknown[],
    own: Owned<Row> | undefined,
  ): Promise<Row[]> {
    if (performance.now() < this.#avoidUntil_ms) return await this.#fromPrimary<Row>(statement, values);
    let rows: Row[];
    try {
      rows = await this.#replica.query<Row>(statement, values);
    } catch (error) {
      const away = error instanceof Problem && error.status === 503;
      if (!away && !isRecoveryConflict(error)) throw error;
      if (away) this.#avoidUntil_ms = performance.now() + AVOID_MS;
      this.#counts.replicaAway += 1;
      return await this.#fromPrimary<Row>(statement, values);
    }
    this.#counts.databaseReads.replica += 1;
    if (own?.complete === undefined || !this.#freshness.checksReplicas || own.complete(rows)) return rows;
    this.#counts.staleFallbacks += 1;
    return await this.#fromPrimary<Row>(statement, values);
  }

  async #fromPrimary<Row extends QueryResultRow>(statement: Statement, values: unknown[]): Promise<Row[]> {
    this.#counts.databaseReads.primary += 1;
    return await this.#primary.query<Row>(statement, values);
  }
}
