import type { KeyedCacheState } from '../caches/keyed-cache-state.ts';
import type { Variate } from '../variates/variate.ts';
import type { Station } from './station.ts';

/** One call of a route, ready to be made: a visit with its names resolved, and what comes after it. */
export interface Site {
  readonly station: Station;
  /** How often: so many times for sure, and once more with probability `fraction`. */
  readonly whole: number;
  readonly fraction: number;
  readonly isWrite: boolean;
  readonly service: Variate;
  readonly nested: Site | null;
  readonly lookup: SiteLookup | null;
  /** Indices of messages. */
  readonly publish: readonly number[];
  /** It publishes nothing. */
  readonly isSilent: boolean;
  /** It stores an answer in the cache: when it fails, all that is lost is the entry. */
  readonly isFill: boolean;
  /** Goes to the first instance, whatever the balance. */
  readonly isPinned: boolean;
  readonly next: Site | null;
}

export interface SiteLookup {
  /** Probability of a hit when there is no `state`. */
  readonly hitRatio: number;
  readonly state: KeyedCacheState | null;
  readonly onMiss: Site | null;
  readonly isByTier: boolean;
  /** The visit that stores the answer; null when it costs none. */
  readonly fill: Site | null;
  readonly missOnFailure: boolean;
  /** How long to wait for the one who holds the lock. */
  readonly retry_s: number;
}
