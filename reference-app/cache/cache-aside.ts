import type { CacheKind } from '../metrics/metrics.ts';
import type { Cache } from './cache.ts';
import { SingleFlight } from './single-flight.ts';
import { withJitter } from './time-to-live.ts';

/** What the database says, and how long it may be believed. */
export interface Loaded {
  readonly body: string;
  readonly ttl_s: number;
}

/**
 * Cache-aside: the cache first; what it does not know comes from the database and goes into the cache.
 *
 * A load that began before an invalidation could store an old body after it. `Cache.fill` refuses that while the
 * invalidation's mark lasts, which is longer than a load can take; should a mark be lost with the cache's memory, the time to
 * live bounds the harm.
 */
export class CacheAside {
  readonly #cache: Cache;
  readonly #kind: CacheKind;
  readonly #flights = new SingleFlight<Loaded | null>();

  constructor(cache: Cache, kind: CacheKind) {
    this.#cache = cache;
    this.#kind = kind;
  }

  /** The body under a key, or null when the database has none. What does not exist is not cached. */
  async read(key: string, load: () => Promise<Loaded | null>): Promise<string | Buffer | null> {
    // Sharing one load is part of caching: without a cache, each read is a read of the database.
    if (this.#cache.state() === 'off') return (await load())?.body ?? null;
    const cached = await this.#cache.get(this.#kind, key);
    if (cached !== null) return cached;
    const loaded = await this.#flights.run(key, async () => {
      const fresh = await load();
      if (fresh !== null) this.#cache.fill(key, fresh.body, withJitter(fresh.ttl_s));
      return fresh;
    });
    return loaded?.body ?? null;
  }
}
