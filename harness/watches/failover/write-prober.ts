import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { z } from 'zod';
import type { Acknowledgement, Prober } from '../outages/outage-observer.ts';

const EVERY_MS = 40;
const AGAIN_MS = 25;
const CONNECT_MS = 500;
/**
 * A commit that waits for a replica is left to wait: each one given up would keep a connection of the server. One to a server that hangs is
 * cut off by the proxy.
 */
const ANSWER_MS = 15_000;
const TABLE = 'failover_probe';

const INSERT = {
  name: 'failover-probe',
  text: `INSERT INTO ${TABLE} DEFAULT VALUES
         RETURNING inet_server_port() AS port, pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 AS position_bytes`,
};
const rowShape = z.tuple([z.object({ port: z.number(), position_bytes: z.number() })]);

/** Inserts rows into a table of its own, through whatever leads to the primary, each in a transaction of its own. */
export class WriteProber implements Prober {
  readonly #url: string;
  readonly #stop = new AbortController();
  #client: Client | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(url: string) {
    this.#url = url;
  }

  async start(onAcknowledged: (acknowledgement: Acknowledgement) => void): Promise<void> {
    await this.#run(`DROP TABLE IF EXISTS ${TABLE}`);
    await this.#run(`CREATE TABLE ${TABLE} (n bigint GENERATED ALWAYS AS IDENTITY)`);
    this.#writing = this.#write(onAcknowledged);
  }

  /** Leaves nothing behind, unless the database is away. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#writing;
    await this.#run(`DROP TABLE IF EXISTS ${TABLE}`).catch(() => undefined);
  }

  async #write(onAcknowledged: (acknowledgement: Acknowledgement) => void): Promise<void> {
    const { signal } = this.#stop;
    // What waits for an answer is cut off when it has to end.
    const cut = (): void => void this.#drop();
    signal.addEventListener('abort', cut, { once: true });
    while (!signal.aborted) {
      const answered = await this.#writeOnce().catch(() => undefined);
      if (answered) onAcknowledged(answered);
      else await this.#drop();
      await delay(answered ? EVERY_MS : AGAIN_MS, undefined, { signal }).catch(() => undefined);
    }
    await this.#drop();
  }

  async #writeOnce(): Promise<Acknowledgement> {
    this.#client ??= await this.#connect();
    const [{ port, position_bytes }] = rowShape.parse((await this.#client.query(INSERT)).rows);
    return { at_ms: Date.now(), by: String(port), position_bytes };
  }

  async #connect(): Promise<Client> {
    const client = new Client({
      connectionString: this.#url,
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: ANSWER_MS,
      application_name: 'failover-probe',
    });
    // A connection that breaks while idle says so here; the next write finds it broken.
    client.on('error', () => undefined);
    try {
      await client.connect();
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    return client;
  }

  async #drop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(() => undefined);
  }

  async #run(text: string): Promise<void> {
    const client = await this.#connect();
    try {
      await client.query(text);
    } finally {
      await client.end();
    }
  }
}
