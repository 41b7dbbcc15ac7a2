import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { DatabaseLine } from '../database-line.ts';
import type { Acknowledgement, Prober } from '../outages/outage-observer.ts';

const EVERY_MS = 40;
const AGAIN_MS = 25;
/**
 * A commit that waits for a replica is left to wait: each one given up would keep a connection of the server. One to a server that hangs is
 * cut off by the proxy.
 */
const TIMES = { connect_ms: 500, answer_ms: 15_000 };
const TABLE = 'failover_probe';
const REMOVE = { text: `DROP TABLE IF EXISTS ${TABLE}` };
const CREATE = { text: `CREATE TABLE ${TABLE} (n bigint GENERATED ALWAYS AS IDENTITY)` };
const INSERT = {
  name: 'failover-probe',
  text: `INSERT INTO ${TABLE} DEFAULT VALUES
         RETURNING inet_server_port() AS port, pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 AS position_bytes`,
};
const rowShape = z.tuple([z.object({ port: z.number(), position_bytes: z.number() })]);

/** Inserts rows into a table of its own, through whatever leads to the primary, each in a transaction of its own. */
export class WriteProber implements Prober {
  readonly #line: DatabaseLine;
  readonly #stop = new AbortController();
  #writing: Promise<void> = Promise.resolve();

  constructor(url: string) {
    this.#line = new DatabaseLine(url, TIMES);
  }

  async start(onAcknowledged: (acknowledgement: Acknowledgement) => void): Promise<void> {
    await this.#line.ask(REMOVE);
    await this.#line.ask(CREATE);
    this.#writing = this.#write(onAcknowledged);
  }

  /** Leaves nothing behind, unless the database is away. */
  async stop(): Promise<void> {
    this.#stop.abort();
    // What waits for an answer is cut off.
    await this.#line.close();
    await this.#writing;
    await this.#line.ask(REMOVE).catch(() => undefined);
    await this.#line.close();
  }

  async #write(onAcknowledged: (acknowledgement: Acknowledgement) => void): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const answered = await this.#writeOnce().catch(() => undefined);
      if (answered) onAcknowledged(answered);
      await delay(answered ? EVERY_MS : AGAIN_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #writeOnce(): Promise<Acknowledgement> {
    const [{ port, position_bytes }] = rowShape.parse(await this.#line.ask(INSERT));
    return { at_ms: Date.now(), by: String(port), position_bytes };
  }
}
