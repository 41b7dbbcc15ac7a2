import type { Pool } from 'pg';
import type { Recorder } from '../recorder.ts';
import { closedLoop } from '../closed-loop.ts';
import { openPool } from './servers.ts';
import type { Server } from './servers.ts';

/** Rows that are written again and again: enough that two writers rarely wait for each other. */
const ROWS = 10_000;
const TABLE = 'probe_writes';
const UPSERT = {
  name: 'probe-write',
  text: `INSERT INTO ${TABLE} (id, value) VALUES ($1, 1) ON CONFLICT (id) DO UPDATE SET value = ${TABLE}.value + 1`,
};

/**
 * Upserts of single rows into a table of the probe's own, each a transaction that the server acknowledges as it is set to: durably, with
 * `fsync`. The table goes with `close`.
 */
export class WriteLoad {
  readonly #recorder: Recorder;
  readonly #pools: readonly Pool[];
  readonly #connections: number;

  private constructor(recorder: Recorder, pools: readonly Pool[], connections: number) {
    this.#recorder = recorder;
    this.#pools = pools;
    this.#connections = connections;
  }

  /** @throws RunError when a server does not take as many connections. */
  static async open(recorder: Recorder, primaries: readonly Server[], connections: number): Promise<WriteLoad> {
    const pools = await Promise.all(primaries.map((server) => openPool(server, connections)));
    for (const pool of pools) {
      await pool.query(`DROP TABLE IF EXISTS ${TABLE}`);
      await pool.query(`CREATE TABLE ${TABLE} (id int PRIMARY KEY, value bigint NOT NULL)`);
    }
    return new WriteLoad(recorder, pools, connections);
  }

  /** Writes over every connection until the signal aborts; class `database.write`. */
  async run(signal: AbortSignal): Promise<void> {
    let written = 0;
    const write = (pool: Pool) => () =>
      this.#recorder.time('database.write', () => pool.query({ ...UPSERT, values: [(written += 1) % ROWS] }));
    await Promise.all(this.#pools.map((pool) => closedLoop(this.#connections, signal, write(pool))));
  }

  async close(): Promise<void> {
    for (const pool of this.#pools) {
      try {
        await pool.query(`DROP TABLE IF EXISTS ${TABLE}`);
      } finally {
        await pool.end();
      }
    }
  }
}
