import { setTimeout as wait } from 'node:timers/promises';
import type { CacheKind } from '../metrics/metrics.ts';
import type { Cache } from './cache.ts';
import { open } from './envelope.ts';
import { SingleFlight } from './single-flight.ts';
import { onHit, toStore, type StampedePolicy } from './stampede.ts';
import { withJitter } from './time-to-live.ts';

/** What the database says, and how long it may be believed. */
export interface Loaded {
  readonly body: string;
  readonly ttl_s: number;
}

type Load = () => Promise<Loaded | null>;

/** Longer than a load can take (3 s statement, 0.5 s grace): whoever holds a lock for longer has died. */
const LOCK_MS = 5_000;
/** How long to wait for somebody else's load before loading oneself: a slow answer is better than none. */
const WAIT_MS = 1_000;
const POLL_MS = 20;

/**
 * Cache-aside: the cache first; what it does not know comes from the database and goes into the cache. The policy says what
 * happens when many miss at once (see stampede.ts).
 *
 * A load that began before an invalidation could store an old body after it. `Cache.fill` refuses that while the
 * invalidation's mark lasts, which is longer than a load can take; should a mark be lost with the cache's memory, the time to
 * live bounds the harm.
 */
export class CacheAside {
  readonly #cache: Cache;
  readonly #kind: CacheKind;
  readonly #policy: StampedePolicy;
  readonly #flights = new SingleFlight<string | Buffer | null>();
  readonly #refreshes = new Set<string>();

  constructor(cache: Cache, kind: CacheKind) {
    this.#cache = cache;
    this.#kind = kind;
    this.#policy = cache.stampede;
  }

  /** The body under a key, or null when the database has none. What does not exist is not cached. */
  async read(key: string, load: Load): Promise<string | Buffer | null> {
    // Sharing one load is part of caching: without a cache, each read is a read of the database.
    if (this.#cache.state() === 'off') return (await load())?.body ?? null;
    const cached = await this.#cache.get(this.#kind, key);
    if (cached !== null) return this.#hit(key, cached, load);
    return await this.#miss(key, load);
  }

  #hit(key: string, stored: Buffer, load: Load): Buffer {
    const { body, refresh } = onHit(this.#policy, stored, Date.now(), 1 - Math.random());
    if (refresh !== 'no' && !this.#refreshes.has(key)) {
      this.#refreshes.add(key);
      this.#cache.counted(refresh);
      // The reader has an answer; a refresh that fails is tried again by the next reader, and the last one is a plain miss.
      void this.#refresh(key, load, refresh === 'stale')
        .catch(() => undefined)
        .finally(() => this.#refreshes.delete(key));
    }
    return body;
  }

  async #miss(key: string, load: Load): Promise<string | Buffer | null> {
    const locks = this.#policy === 'lock' || this.#policy === 'stale-while-revalidate';
    return await this.#flights.run(key, () => (locks ? this.#underLock(key, load) : this.#loadAndFill(key, load)));
  }

  /** Loads while nobody else does, or gets what somebody else has loaded. */
  async #underLock(key: string, load: Load): Promise<string | Buffer | null> {
    const until_ms = performance.now() + WAIT_MS;
    for (let first = true; performance.now() < until_ms; first = false) {
      const token = await this.#cache.lock(key, LOCK_MS);
      // A cache that is away locks nobody out.
      if (token === 'away') break;
      if (token !== null) {
        try {
          // Who missed a moment before the one before filled it gets the lock right after.
          const stored = await this.#cache.peek(key);
          return stored === null ? await this.#loadAndFill(key, load) : open(stored).body;
        } finally {
          this.#cache.unlock(key, token);
        }
      }
      if (first) this.#cache.counted('lock_wait');
      await wait(POLL_MS);
      const stored = await this.#cache.peek(key);
      if (stored !== null) return open(stored).body;
    }
    return await this.#loadAndFill(key, load);
  }

  async #loadAndFill(key: string, load: Load): Promise<string | null> {
    const { fresh, stored } = await this.#load(load);
    if (stored !== null) this.#cache.fill(key, stored.body, stored.ttl_s);
    return fresh?.body ?? null;
  }

  async #refresh(key: string, load: Load, oneOnly: boolean): Promise<void> {
    const token = oneOnly ? await this.#cache.lock(key, LOCK_MS) : 'away';
    if (token === null) return;
    try {
      const { stored } = await this.#load(load);
      if (stored !== null) await this.#cache.replace(key, stored.body, stored.ttl_s);
    } finally {
      if (token !== 'away') this.#cache.unlock(key, token);
    }
  }

  async #load(load: Load) {
    const start_ms = performance.now();
    const fresh = await load();
    const load_ms = performance.now() - start_ms;
    const stored =
      fresh === null ? null : toStore(this.#policy, fresh.body, withJitter(fresh.ttl_s), Date.now(), load_ms);
    return { fresh, stored };
  }
}
