import type { QueryResultRow } from 'pg';
import type { Cache } from '../cache/cache.ts';
import { Database, type Owned, type Queries, type Statement } from '../database/database.ts';
import { SplitDatabase } from '../database/read-split.ts';
import { Freshness } from '../database/read-your-writes.ts';
import { WrittenBehind } from '../database/written-behind.ts';
import { DatabaseProbe } from '../health/health.ts';
import { Problem } from '../http/problem.ts';
import type { Log } from '../log.ts';
import type { Counts } from '../metrics/metrics.ts';
import { placementOf, type Placement } from './placement.ts';
import type { ShardAddress, ShortenerSettings } from './settings.ts';

/** After a shard was away, new URLs leave it alone for this long. */
const AVOID_MS = 1_000;
/** Codes counted between two writes of one shard's clicks; further ones are not counted. */
const CODES_MAX = 20_000;

/** In order of the code, so that instances that write at once wait for each other instead of deadlocking. */
const ADD_CLICKS: Statement = {
  name: 'add-clicks',
  kind: 'write',
  text: `INSERT INTO clicks AS c (code, clicks)
         SELECT code, clicks FROM unnest($1::text[], $2::bigint[]) AS seen (code, clicks) ORDER BY code COLLATE "C"
         ON CONFLICT (code) DO UPDATE SET clicks = c.clicks + excluded.clicks`,
};

/** One of the databases that share the codes, with its replicas where it has some. */
export class Shard implements Pick<Queries, 'query'> {
  readonly primary: Database;
  readonly #replica: Database | undefined;
  readonly #queries: Queries;
  readonly #probe: DatabaseProbe;
  readonly clicks: WrittenBehind<string>;
  #state: 'up' | 'down' = 'down';
  #avoidUntil_ms = -Infinity;

  constructor(address: ShardAddress, settings: ShortenerSettings, cache: Cache, counts: Counts, log: Log) {
    const applicationName = `shortener-${settings.instanceId}`;
    const options = { url: address.url, poolMax: settings.databasePoolMax, applicationName };
    this.primary = new Database(options, counts, log);
    this.#replica =
      address.readUrl === undefined ? undefined : new Database({ ...options, url: address.readUrl }, counts, log);
    const freshness = new Freshness(settings.readYourWrites, settings.readYourWritesWindow_ms, cache);
    this.#queries =
      this.#replica === undefined ? this.primary : new SplitDatabase(this.primary, this.#replica, freshness, counts);
    this.#probe = new DatabaseProbe(address.url, applicationName, counts);
    const waiting = 'clicks wait to be written';
    this.clicks = new WrittenBehind({ database: this.primary, add: ADD_CLICKS, keysMax: CODES_MAX, waiting }, log);
  }

  /** Whether it was away a moment ago. */
  get avoided(): boolean {
    return performance.now() < this.#avoidUntil_ms;
  }

  /** What the primary said when it was last asked. */
  get state(): 'up' | 'down' {
    return this.#state;
  }

  /** Requests that wait for a connection. */
  get waiting(): number {
    return this.primary.waiting + (this.#replica?.waiting ?? 0);
  }

  get connections(): number {
    return this.primary.connections + (this.#replica?.connections ?? 0);
  }

  /** Writes to the primary; reads from a replica where the strategy allows it. Throws a 503 `Problem` when it is away. */
  async query<Row extends QueryResultRow>(statement: Statement, values: unknown[], own?: Owned<Row>): Promise<Row[]> {
    try {
      return await this.#queries.query(statement, values, own);
    } catch (error) {
      if (error instanceof Problem && error.status === 503) this.#avoidUntil_ms = performance.now() + AVOID_MS;
      throw error;
    }
  }

  /** Asks the primary, and resolves to its state. */
  async probe(): Promise<'up' | 'down'> {
    this.#state = (await this.#probe.answers()) ? 'up' : 'down';
    return this.#state;
  }

  async close(): Promise<void> {
    await this.clicks.stop();
    await Promise.all([this.primary.close(), this.#replica?.close(), this.#probe.close()]);
  }
}

/** All shards, and which of them has which code. */
export class Shards {
  readonly all: readonly Shard[];
  readonly #placement: Placement;

  constructor(settings: ShortenerSettings, cache: Cache, counts: Counts, log: Log) {
    this.all = settings.shards.map((address) => new Shard(address, settings, cache, counts, log));
    this.#placement = placementOf(settings.sharding, this.all.length);
  }

  of(code: string): Shard {
    const shard = this.all[this.#placement(code)];
    if (shard === undefined) throw new RangeError(`there is no shard for ${code}`);
    return shard;
  }

  /**
   * Whether any shard answers: an instance that lacks one still serves the codes of the others, and must not be taken out of
   * rotation. Does not wait for one that hangs.
   */
  async answers(): Promise<boolean> {
    const up = async (shard: Shard) => {
      if ((await shard.probe()) === 'down') throw new Error('this shard is down');
    };
    return await Promise.any(this.all.map(up)).then(
      () => true,
      () => false,
    );
  }

  /** What each said when it last answered, or did not. */
  readonly states = (): readonly ('up' | 'down')[] => this.all.map(({ state }) => state);

  async close(): Promise<void> {
    await Promise.all(this.all.map((shard) => shard.close()));
  }
}
