import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { DatabaseLine } from '../database-line.ts';
import { Follower } from './follower.ts';
import type { Beat, LagSample } from './follower.ts';

const EVERY_MS = 250;
const TIMES = { connect_ms: 1_000, answer_ms: 5_000 };
const TABLE = 'replication_heartbeat';
const REMOVE = { text: `DROP TABLE IF EXISTS ${TABLE}` };
const CREATE = { text: `CREATE TABLE ${TABLE} (n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY)` };
const BEAT = { name: 'beat', text: `INSERT INTO ${TABLE} DEFAULT VALUES RETURNING n` };
const POSITION = { name: 'position', text: 'SELECT pg_current_wal_lsn()::text AS position' };

const beatShape = z.tuple([z.object({ n: z.coerce.number() })]);
const positionShape = z.tuple([z.object({ position: z.string() })]);

/**
 * Commits a row four times a second, and asks each replica until it shows it: the time from the commit's answer to the replica's answer. It is
 * known to some milliseconds, and counts from the answer, so that what a synchronous commit waits for is no lag.
 */
export class Heartbeat {
  readonly #primary: DatabaseLine;
  readonly #followers: readonly Follower[];
  readonly #stop = new AbortController();
  #beating: Promise<void> = Promise.resolve();

  /** `node_urls` are all nodes, as a replica may become the primary and the other way round. */
  constructor(write_url: string, node_urls: readonly string[]) {
    this.#primary = new DatabaseLine(write_url, TIMES);
    this.#followers = node_urls.map((url) => new Follower(new DatabaseLine(url, TIMES), TABLE));
  }

  /** Rejects when the database takes no writes. */
  async start(): Promise<void> {
    await this.#primary.ask(REMOVE);
    await this.#primary.ask(CREATE);
    this.#beating = this.#beat();
  }

  /** Leaves nothing behind, unless the database is away. */
  async stop(): Promise<readonly LagSample[]> {
    this.#stop.abort();
    await this.#beating;
    const samples = await Promise.all(this.#followers.map((follower) => follower.stop()));
    await this.#primary.ask(REMOVE).catch(() => undefined);
    await this.#primary.close();
    return samples.flat();
  }

  async #beat(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      // Without an answer of the primary there is nothing to wait for.
      const beat = await this.#beatOnce().catch(() => undefined);
      if (beat) for (const follower of this.#followers) follower.add(beat);
      await delay(EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #beatOnce(): Promise<Beat> {
    const [{ n }] = beatShape.parse(await this.#primary.ask(BEAT));
    const at_ms = Date.now();
    const [{ position }] = positionShape.parse(await this.#primary.ask(POSITION));
    return { n, at_ms, position };
  }
}
