import type { Cache } from '../cache/cache.ts';
import { CacheAside, type Loaded } from '../cache/cache-aside.ts';
import { withJitter } from '../cache/time-to-live.ts';
import type { Owned, Statement } from '../database/database.ts';
import type { ReadYourWrites } from '../database/read-your-writes.ts';
import { Problem } from '../http/problem.ts';
import { codeOfKey } from './code.ts';
import type { ShortenerCounts } from './metrics.ts';
import type { Shard, Shards } from './shards.ts';
import type { UrlRequest } from './url-request.ts';

/** Seconds an address stays cached: a day. It never changes; when it is taken back the entry is invalidated. */
const URL_TTL_S = 86_400;
/** Seconds the cache remembers that there is no such URL, so that a dead link on a busy page does not reach the database. */
const NONE_TTL_S = 5;
/** Stands in the cache for "no such URL"; addresses begin with their protocol. */
const NONE = '-';
/** Codes drawn for one URL. That the first is taken happens once in 218,000 times with a billion URLs, so this is enough. */
const DRAWS_MAX = 64;
/** Shards tried for one URL, each of which may take its time to fail. */
const TRIES_MAX = 2;

const INSERT_URL: Statement = {
  name: 'insert-url',
  kind: 'write',
  text: `INSERT INTO urls (code, address, idempotency_key) VALUES ($1, $2, $3) ON CONFLICT (code) DO NOTHING RETURNING code`,
};
const READ_MAKER: Statement = {
  name: 'read-maker',
  kind: 'read',
  text: 'SELECT address, idempotency_key AS "keyHash" FROM urls WHERE code = $1',
};
const READ_ADDRESS: Statement = {
  name: 'read-address',
  kind: 'read',
  text: 'SELECT address FROM urls WHERE code = $1 AND address IS NOT NULL',
};
const READ_URL: Statement = {
  name: 'read-url',
  kind: 'read',
  text: `SELECT u.address, u.created_at AS "createdAt", coalesce(c.clicks, 0)::float8 AS clicks
           FROM urls u LEFT JOIN clicks c USING (code) WHERE u.code = $1 AND u.address IS NOT NULL`,
};
const TAKE_BACK: Statement = {
  name: 'take-back-url',
  kind: 'write',
  text: 'UPDATE urls SET address = NULL WHERE code = $1 RETURNING code',
};

export interface MadeUrl {
  readonly code: string;
  /** Whether it was there already, made by the same request. */
  readonly replayed: boolean;
}

/** A short URL as its statistics show it. */
export interface ShortUrl {
  readonly address: string;
  readonly createdAt: Date;
  readonly clicks: number;
}

export interface UrlStoreDeps {
  readonly shards: Shards;
  readonly cache: Cache;
  readonly counts: ShortenerCounts;
  readonly readYourWrites: ReadYourWrites;
  readonly secret: string;
  /** Draws a code: see code.ts. */
  readonly draw: () => string;
}

/** Short URLs: in the shard of their code, cached. */
export class UrlStore {
  readonly #deps: UrlStoreDeps;
  readonly #cached: CacheAside;

  constructor(deps: UrlStoreDeps) {
    this.#deps = deps;
    this.#cached = new CacheAside(deps.cache, 'url');
  }

  /**
   * Makes a short URL. That its code is given once is the primary key's doing, however many make one at the same time. Throws
   * a `Problem`: 409 when the alias is taken, or the key was used for another URL; 503 when no shard that may take it is there.
   */
  async make(request: UrlRequest): Promise<MadeUrl> {
    const made = await this.#insert(request);
    // Somebody may have asked for it before it was there: what they were told must not stay.
    const { cache, readYourWrites, counts } = this.#deps;
    if (!made.replayed) counts.urlsMade += 1;
    // A repeat may come when the URL has been taken back already, and must not bring it back.
    const keeps = readYourWrites === 'cache-after-write' && !made.replayed;
    if (keeps) await cache.put(urlKey(made.code), request.address, withJitter(URL_TTL_S));
    else await cache.invalidate(urlKey(made.code));
    return made;
  }

  /**
   * Where a code leads, or null. The author's own browser is known under the strategy `primary-for-author`, and asks neither the
   * cache nor a replica.
   */
  async address(code: string, byAuthor: boolean): Promise<string | null> {
    if (byAuthor) return await this.#loadAddress(code, true);
    const load = async (): Promise<Loaded> => {
      const address = await this.#loadAddress(code, false);
      return address === null ? { body: NONE, ttl_s: NONE_TTL_S } : { body: address, ttl_s: URL_TTL_S };
    };
    const body = await this.#cached.read(urlKey(code), load);
    const address = body?.toString() ?? NONE;
    return address === NONE ? null : address;
  }

  /** A short URL and its clicks, which are some seconds old; null when there is none. */
  async read(code: string): Promise<ShortUrl | null> {
    const [row] = await this.#deps.shards.of(code).query<ShortUrl>(READ_URL, [code], ownedBy(code));
    return row ?? null;
  }

  /** Ends a short URL; repeated, it stays ended. Whether there was one. */
  async takeBack(code: string): Promise<boolean> {
    const rows = await this.#deps.shards.of(code).query(TAKE_BACK, [code], { owner: code });
    await this.#deps.cache.invalidate(urlKey(code));
    return rows.length > 0;
  }

  clicked(code: string): void {
    this.#deps.shards.of(code).clicks.count(code);
  }

  async #loadAddress(code: string, byAuthor: boolean): Promise<string | null> {
    const others = this.#deps.readYourWrites === 'primary-for-author' && !byAuthor;
    const own = others ? undefined : ownedBy<{ address: string }>(code);
    const [row] = await this.#deps.shards.of(code).query<{ address: string }>(READ_ADDRESS, [code], own);
    return row?.address ?? null;
  }

  async #insert(request: UrlRequest): Promise<MadeUrl> {
    const { alias, key } = request;
    if (alias !== undefined) {
      const made = await this.#insertAs(alias, request);
      if (made === 'taken') throw new Problem(409, 'ALIAS_TAKEN', 'this alias is taken');
      return made;
    }
    return key === undefined ? await this.#insertAnywhere(request) : await this.#insertUnder(key, request);
  }

  /**
   * Under a key the code is the key's, and so is the shard: were another taken while that one is away, a repeat after its return
   * would make a second URL.
   */
  async #insertUnder(key: string, request: UrlRequest): Promise<MadeUrl> {
    for (let attempt = 0; attempt < DRAWS_MAX; attempt += 1) {
      const made = await this.#insertAs(codeOfKey(this.#deps.secret, key, attempt), request);
      if (made !== 'taken') return made;
      this.#deps.counts.codeCollisions += 1;
    }
    throw new Error(`the first ${DRAWS_MAX} codes of a key were all taken`);
  }

  /** Draws codes until one is free, and its shard is there. */
  async #insertAnywhere(request: UrlRequest): Promise<MadeUrl> {
    const { counts, shards, draw } = this.#deps;
    let failures = 0;
    for (let draws = 1; ; draws += 1) {
      const code = draw();
      // When all are avoided, it is time to see whether one is back.
      if (shards.of(code).avoided && draws < DRAWS_MAX) continue;
      try {
        const made = await this.#insertAs(code, request);
        if (made !== 'taken') return made;
        counts.codeCollisions += 1;
      } catch (error) {
        // A URL that was made after all, unknown to us, does no harm: nobody knows its code.
        failures += 1;
        const hopeless = failures >= TRIES_MAX || shards.all.every(({ avoided }) => avoided);
        if (!(error instanceof Problem) || error.status !== 503 || hopeless) throw error;
      }
    }
  }

  async #insertAs(code: string, { address, keyHash }: UrlRequest): Promise<MadeUrl | 'taken'> {
    const shard = this.#deps.shards.of(code);
    const inserted = await shard.query(INSERT_URL, [code, address, keyHash], { owner: code });
    if (inserted.length > 0) return { code, replayed: false };
    if (keyHash === null) return 'taken';
    const maker = await readMaker(shard, code);
    if (maker?.keyHash?.equals(keyHash) !== true) return 'taken';
    if (maker.address !== null && maker.address !== address) {
      throw new Problem(409, 'IDEMPOTENCY_KEY_REUSED', 'this Idempotency-Key belongs to another request');
    }
    return { code, replayed: true };
  }
}

/** Of the primary, as a replica need not have it yet. */
async function readMaker(shard: Shard, code: string) {
  const rows = await shard.primary.query<{ address: string | null; keyHash: Buffer | null }>(READ_MAKER, [code]);
  return rows[0];
}

/** A code's row is its own author's: who made it, made it just now, or it has been there for long. */
function ownedBy<Row>(code: string): Owned<Row> {
  return { owner: code, complete: (rows) => rows.length > 0 };
}

/** The version in the name changes with what is stored, so that instances of two releases do not read each other's. */
function urlKey(code: string): string {
  return `url:v1:${code}`;
}
