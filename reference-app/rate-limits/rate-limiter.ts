import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { connectRedis, type RedisClient } from '../cache/redis-client.ts';
import { Problem } from '../http/problem.ts';
import { QuietLog, type Log } from '../log.ts';
import type { Counts } from '../metrics/metrics.ts';
import { LIMITS, LIMIT_NAMES, type LimitName } from './limits.ts';

/**
 * Counts calls in Redis, for all instances together. While Redis is away, and where there is none, each instance counts in
 * its own memory: a limit then holds for each of them.
 */
export class RateLimiter {
  readonly #limiters: ReadonlyMap<LimitName, RateLimiterAbstract>;
  readonly #redis: RedisClient | undefined;
  readonly #counts: Counts;

  /** `urls` are those of one Redis or of the nodes of one cluster; none: counted in memory. */
  constructor(urls: readonly string[], counts: Counts, log: Log) {
    this.#counts = counts;
    this.#redis = urls.length === 0 ? undefined : connectRedis(urls);
    const quiet = new QuietLog(log);
    this.#redis?.on('error', (error) => quiet.warn(error, 'calls are counted by each instance: Redis is away'));
    this.#limiters = new Map(LIMIT_NAMES.map((name) => [name, limiterOf(name, this.#redis)]));
  }

  /** Counts a call. Rejects with a 429 `Problem`, which says when to come back, once there are none left in the window. */
  async take(name: LimitName, key: string): Promise<void> {
    try {
      await this.#limiters.get(name)?.consume(key);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      this.#counts.limited[name] += 1;
      const retryAfter_s = Math.max(1, Math.ceil(refusal.msBeforeNext / 1_000));
      const { calls, window_s } = LIMITS[name];
      const message = `more than ${calls} calls in ${window_s} s`;
      throw new Problem(429, 'RATE_LIMITED', message, { details: { limit: name, retryAfter_s }, retryAfter_s });
    }
  }

  close(): void {
    this.#redis?.disconnect();
  }
}

function limiterOf(name: LimitName, redis: RedisClient | undefined): RateLimiterAbstract {
  const { calls: points, window_s: duration } = LIMITS[name];
  const options = { keyPrefix: `limit:v1:${name}`, points, duration };
  const memory = new RateLimiterMemory(options);
  if (redis === undefined) return memory;
  return new RateLimiterRedis({
    ...options,
    storeClient: redis,
    rejectIfRedisNotReady: true,
    insuranceLimiter: memory,
    // Who has used up a window is refused by this instance until its end, without Redis being asked each time.
    inMemoryBlockOnConsumed: points,
  });
}
