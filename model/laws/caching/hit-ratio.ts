import { nonNegative, share } from '../argument/argument.ts';

/**
 * Mean latency behind a cache that every request asks first: cache + (1 - h) × backend, the average memory access time.
 * Feed it its own result as `backend_s` for a cache before a cache.
 * Literature: J. L. Hennessy, D. A. Patterson, Computer Architecture: A Quantitative Approach, appendix B.
 */
export function effectiveLatency_s(hitRatio: number, cache_s: number, backend_s: number): number {
  return nonNegative('cache_s', cache_s) + (1 - share('hitRatio', hitRatio)) * nonNegative('backend_s', backend_s);
}

/** Requests per second that pass the cache and reach the database: (1 - h) × rate. */
export function backendRate_per_s(hitRatio: number, rate_per_s: number): number {
  return (1 - share('hitRatio', hitRatio)) * nonNegative('rate_per_s', rate_per_s);
}

/** How many times fewer requests reach the database: 1 / (1 - h). Infinity when the cache answers all of them. */
export function reliefFactor(hitRatio: number): number {
  return 1 / (1 - share('hitRatio', hitRatio));
}

/**
 * Share of requests that either of two levels answers: h1 + (1 - h1) h2. The second level's ratio is over the requests
 * that reach it, which the first has already stripped of the most popular: it is lower than the same cache would have
 * alone.
 */
export function twoLevelHitRatio(first: number, second: number): number {
  return share('first', first) + (1 - first) * share('second', second);
}
