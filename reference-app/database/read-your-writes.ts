import { BoundedLru } from '../cache/bounded-lru.ts';
import type { Cache } from '../cache/cache.ts';
import type { Owner } from './database.ts';

/**
 * How a user is kept from missing their own write on a replica that lags:
 * - none: not at all
 * - primary-for-author: a user's own data are read from the primary
 * - primary-within-window: so they are for some seconds after that user's last write, as all instances know through the cache
 * - cache-after-write: what was written is read from the cache
 *
 * Without a cache that answers, the last two cannot know, and read a user's own data from the primary.
 */
export const READ_YOUR_WRITES = ['none', 'primary-for-author', 'primary-within-window', 'cache-after-write'] as const;
export type ReadYourWrites = (typeof READ_YOUR_WRITES)[number];

/** Users remembered by one instance, to spare most questions to the cache. */
const WRITERS_MAX = 20_000;

/** One strategy at work. */
export class Freshness {
  readonly #strategy: ReadYourWrites;
  readonly #window_ms: number;
  readonly #cache: Cache;
  readonly #wrote_ms = new BoundedLru<Owner, number>(WRITERS_MAX);

  constructor(strategy: ReadYourWrites, window_ms: number, cache: Cache) {
    this.#strategy = strategy;
    this.#window_ms = window_ms;
    this.#cache = cache;
  }

  /** Whether what a replica shows is looked at, and the primary asked when something is missing. */
  get checksReplicas(): boolean {
    return this.#strategy !== 'none';
  }

  /** Notes that a user has written, before they are told so. */
  async wrote(owner: Owner): Promise<void> {
    if (this.#strategy !== 'primary-within-window') return;
    this.#wrote_ms.set(owner, performance.now());
    await this.#cache.put(writerKey(owner), '1', Math.ceil(this.#window_ms / 1_000));
  }

  /** Whether a read of this user's own data has to be the primary's. */
  async needsPrimary(owner: Owner): Promise<boolean> {
    if (this.#strategy === 'none') return false;
    if (this.#strategy === 'primary-for-author' || this.#cache.state() !== 'up') return true;
    if (this.#strategy === 'cache-after-write') return false;
    const wrote_ms = this.#wrote_ms.get(owner);
    if (wrote_ms !== undefined && performance.now() - wrote_ms < this.#window_ms) return true;
    // A cache that went away while it was asked has not answered.
    return (await this.#cache.peek(writerKey(owner))) !== null || this.#cache.state() !== 'up';
  }
}

function writerKey(owner: Owner): string {
  return `wrote:v1:${owner}`;
}
