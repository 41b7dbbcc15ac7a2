import { open, seal } from './envelope.ts';

/**
 * What keeps a popular body that expires from being loaded by everybody at once:
 * - none: nothing, beyond sharing one load within an instance
 * - lock: one instance loads, the others wait for it
 * - xfetch: readers refresh at random before the end, the likelier the nearer it is and the longer loading takes
 * - stale-while-revalidate: for a while after the end readers get the old body, and one of them refreshes it
 */
export const STAMPEDE_POLICIES = ['none', 'lock', 'xfetch', 'stale-while-revalidate'] as const;
export type StampedePolicy = (typeof STAMPEDE_POLICIES)[number];

/** How long a body may be served after its time, while it is being refreshed. */
export const STALE_S = 60;

export interface Hit {
  readonly body: Buffer;
  /** How this reader should see to a newer body, if at all, without waiting for it. */
  readonly refresh: 'no' | 'early' | 'stale';
}

export interface Stored {
  readonly body: string;
  readonly ttl_s: number;
}

/** What to do with a stored body. `random` is in (0, 1]. */
export function onHit(policy: StampedePolicy, stored: Buffer, now_ms: number, random: number): Hit {
  const { body, fresh } = open(stored);
  if (fresh === undefined) return { body, refresh: 'no' };
  if (policy === 'xfetch') {
    return { body, refresh: expiresEarly(fresh.until_ms - now_ms, fresh.load_ms, random) ? 'early' : 'no' };
  }
  return { body, refresh: now_ms >= fresh.until_ms ? 'stale' : 'no' };
}

/** What to store: for how long, and what has to be known about it later. */
export function toStore(policy: StampedePolicy, body: string, ttl_s: number, now_ms: number, load_ms: number): Stored {
  if (policy === 'none' || policy === 'lock') return { body, ttl_s };
  const sealed = seal(body, now_ms + ttl_s * 1_000, load_ms);
  return { body: sealed, ttl_s: policy === 'xfetch' ? ttl_s : ttl_s + STALE_S };
}

/**
 * XFetch: whether a reader refreshes with `left_ms` to go, when loading takes `load_ms`: left <= -load × beta × ln(random), so
 * with probability exp(-left / (beta × load)).
 *
 * Vattani, Chierichetti, Lowenstein: Optimal Probabilistic Cache Stampede Prevention. PVLDB 8(8), 2015. beta 1 is optimal there.
 */
export function expiresEarly(left_ms: number, load_ms: number, random: number, beta = 1): boolean {
  return left_ms <= -load_ms * beta * Math.log(random);
}
