import type { KeyedCache } from '../system.ts';
import type { Stream } from '../variates/stream.ts';
import { KeyIndex } from './key-index.ts';
import { Recency } from './recency.ts';

/** What a look-up finds. Numbers, since the event loop asks at each request. */
export const HIT = 0;
/** The asker recomputes, then calls `fill` or `abandon`. */
export const MISS = 1;
/** Another one recomputes; ask again after the policy's `retry_s`. */
export const WAIT = 2;
/** The asker is served an old value, and recomputes in the background, then calls `fill` or `abandon`. */
export const HIT_AND_REFRESH = 3;
/** There is a value, but the asker recomputes all the same, before it expires (XFetch). */
export const EARLY_MISS = 4;

/**
 * A cache by key: least recently used out first, expiry, and one of the defences against stampedes. An expired entry
 * keeps its place until it is filled again or pushed out. Nothing is counted and nothing allocated by a look-up.
 */
export class KeyedCacheState {
  readonly #recency: Recency;
  readonly #stream: Stream;
  readonly #ttl_s: number;
  /** By slot: when the entry expires, and how long its recomputation took. */
  #expiries_s: Float64Array;
  #deltas_s: Float64Array;
  /** Keys that someone recomputes alone: under `lock` and `stale-while-revalidate`. */
  readonly #recomputed = new KeyIndex();
  readonly #locks: boolean;
  /** 0 but for XFetch. */
  readonly #beta: number;
  /** 0 but for stale-while-revalidate. */
  readonly #stale_s: number;

  /** `stream` is drawn from under XFetch alone. RangeError for entries, a time or a beta that cannot be. */
  constructor({ entries, ttl_s, stampede }: KeyedCache, stream: Stream) {
    this.#recency = new Recency(entries);
    this.#stream = stream;
    this.#ttl_s = atLeastZero('ttl_s', ttl_s);
    this.#expiries_s = new Float64Array(this.#recency.slots);
    this.#deltas_s = new Float64Array(this.#recency.slots);
    this.#locks = stampede.policy === 'lock';
    // What never expires is never refreshed early.
    this.#beta = stampede.policy === 'xfetch' && ttl_s < Infinity ? atLeastZero('beta', stampede.beta) : 0;
    this.#stale_s = stampede.policy === 'stale-while-revalidate' ? atLeastZero('stale_s', stampede.stale_s) : 0;
  }

  /** Entries held, expired ones included. */
  get size(): number {
    return this.#recency.size;
  }

  /** HIT, MISS, WAIT, HIT_AND_REFRESH or EARLY_MISS. An entry is expired from its time of expiry on. */
  lookup(key: number, now_s: number): number {
    const slot = this.#recency.find(key);
    if (slot === 0) return this.#missing(key);
    const expiry_s = this.#expiries_s[slot] ?? 0;
    if (now_s >= expiry_s + this.#stale_s) return this.#missing(key);
    this.#recency.touch(slot);
    if (now_s >= expiry_s) return this.#recompute(key) ? HIT_AND_REFRESH : HIT;
    return this.#beta > 0 && this.#refreshesEarly(slot, expiry_s - now_s) ? EARLY_MISS : HIT;
  }

  /** Stores what took `delta_s` to recompute, and lets go of the key's lock or refresh. */
  fill(key: number, now_s: number, delta_s: number): void {
    this.#recomputed.delete(key);
    const slot = this.#put(key, now_s);
    if (slot !== 0) this.#deltas_s[slot] = delta_s;
  }

  /** Lets go of the key's lock or refresh, with nothing to store. */
  abandon(key: number): void {
    this.#recomputed.delete(key);
  }

  /** Writes through. Who recomputes the key goes on. */
  store(key: number, now_s: number): void {
    this.#put(key, now_s);
  }

  invalidate(key: number): void {
    this.#recency.remove(key);
  }

  /** Empties the cache; locks are entries too, and go with the rest. */
  flush(): void {
    this.#recency.clear();
    this.#recomputed.clear();
  }

  #missing(key: number): number {
    return this.#locks && !this.#recompute(key) ? WAIT : MISS;
  }

  /** Whether nobody recomputes the key yet; from now on somebody does. */
  #recompute(key: number): boolean {
    if (this.#recomputed.get(key) !== 0) return false;
    this.#recomputed.set(key, 1);
    return true;
  }

  /**
   * XFetch: now + delta × beta × E >= expiry for an exponential E of mean 1. A. Vattani, F. Chierichetti, K. Lowenstein,
   * Optimal Probabilistic Cache Stampede Prevention, PVLDB 8 (2015) 886-897.
   */
  #refreshesEarly(slot: number, left_s: number): boolean {
    return (this.#deltas_s[slot] ?? 0) * this.#beta * this.#stream.exponential() >= left_s;
  }

  /** The slot where the key now is; 0 when the cache holds nothing at all. */
  #put(key: number, now_s: number): number {
    if (this.#recency.capacity === 0) return 0;
    const held = this.#recency.find(key);
    if (held !== 0) this.#recency.touch(held);
    const slot = held === 0 ? this.#add(key) : held;
    this.#expiries_s[slot] = now_s + this.#ttl_s;
    return slot;
  }

  #add(key: number): number {
    const slot = this.#recency.add(key);
    if (this.#expiries_s.length < this.#recency.slots) {
      this.#expiries_s = longer(this.#expiries_s, this.#recency.slots);
      this.#deltas_s = longer(this.#deltas_s, this.#recency.slots);
    }
    // How long its recomputation takes is not known yet.
    this.#deltas_s[slot] = 0;
    return slot;
  }
}

function longer(column: Float64Array, length: number): Float64Array {
  const result = new Float64Array(length);
  result.set(column);
  return result;
}

function atLeastZero(name: string, value: number): number {
  if (!(value >= 0)) throw new RangeError(`${name} is a number from 0, not ${value}`);
  return value;
}
