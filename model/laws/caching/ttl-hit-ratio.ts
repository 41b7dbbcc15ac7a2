import { nonNegative } from '../argument/argument.ts';
import type { Popularity } from './zipf-popularity.ts';

/**
 * Hit ratio of one object that expires a fixed time after it was loaded, whether it is read or not: λT / (1 + λT) for
 * Poisson requests. Each miss starts a cycle with λT hits on average, until the entry is gone.
 * Literature: J. Jung, A. W. Berger, H. Balakrishnan, Modeling TTL-based Internet Caches, INFOCOM 2003.
 */
export function ttlHitRatio(rate_per_s: number, ttl_s: number): number {
  const hitsPerMiss = nonNegative('rate_per_s', rate_per_s) * nonNegative('ttl_s', ttl_s);
  return hitsPerMiss < Infinity ? hitsPerMiss / (1 + hitsPerMiss) : 1;
}

/**
 * Hit ratio of a whole catalogue under one time to live, with room for all that has not expired: each object's own,
 * weighted with its share of `rate_per_s`, the requests for all objects.
 */
export function ttlCatalogueHitRatio({ probabilities, counts }: Popularity, rate_per_s: number, ttl_s: number): number {
  let sum = 0;
  for (const [i, p] of probabilities.entries()) sum += (counts[i] ?? 0) * p * ttlHitRatio(p * rate_per_s, ttl_s);
  return Math.min(1, sum);
}
