import { Redis } from 'ioredis';
import { QuietLog, type Log } from '../log.ts';
import type { CacheKind, Counts } from '../metrics/metrics.ts';
import type { Cache, VersionedBody } from './cache.ts';
import { UnsettledKeys } from './unsettled-keys.ts';

/**
 * How long an invalidation keeps readers from storing what they read before it: longer than any read can take (3 s
 * statement, 0.5 s grace) plus the wait for the cache itself.
 */
export const INVALIDATION_HOLD_S = 5;
const COMMAND_MS = 250;

/** Stores ARGV[2] unless the hash already has a version above ARGV[1]. Runs atomically within Redis. */
const STORE_IF_NEWER = `
local held = redis.call('HGET', KEYS[1], 'v')
if held and tonumber(held) > tonumber(ARGV[1]) then return 0 end
redis.call('HSET', KEYS[1], 'v', ARGV[1], 'b', ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[3])
return 1`;

/**
 * The cache in one Redis. A command waits at most 250 ms; while Redis is not connected, commands fail at once instead of
 * queueing up, and none is sent a second time after a reconnect (a late write could overwrite a newer one).
 */
export class RedisCache implements Cache {
  readonly #redis: Redis;
  readonly #counts: Counts;
  readonly #quiet: QuietLog;
  readonly #unsettled: UnsettledKeys;

  constructor(url: string, counts: Counts, log: Log) {
    this.#counts = counts;
    this.#quiet = new QuietLog(log);
    this.#redis = new Redis(url, {
      enableAutoPipelining: true,
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      commandTimeout: COMMAND_MS,
      socketTimeout: 1_000,
      connectTimeout: 1_000,
      retryStrategy: (attempt) => Math.min(attempt * 50, 1_000),
    });
    this.#redis.on('error', (error) => this.#quiet.warn(error, 'the cache is away'));
    this.#unsettled = new UnsettledKeys((key) => this.#redis.unlink(key));
    this.#redis.on('ready', () => this.#unsettled.retrySoon());
  }

  readonly state = (): 'up' | 'down' => (this.#redis.status === 'ready' ? 'up' : 'down');

  /** Resolves when the cache answers or `wait_ms` have passed: starting without it is slower, not wrong. */
  async connected(wait_ms: number): Promise<void> {
    if (this.#redis.status === 'ready') return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, wait_ms);
    this.#redis.once('ready', resolve);
    await promise;
    clearTimeout(timer);
    this.#redis.off('ready', resolve);
  }

  async get(kind: CacheKind, key: string): Promise<Buffer | null> {
    return await this.#read(kind, this.#redis.getBuffer(key));
  }

  async getVersioned(kind: CacheKind, key: string): Promise<Buffer | null> {
    return await this.#read(kind, this.#redis.hgetBuffer(key, 'b'));
  }

  fill(key: string, body: string, ttl_s: number): void {
    // NX: neither an invalidation mark nor another reader's newer body is overwritten.
    this.#redis.set(key, body, 'EX', ttl_s, 'NX').catch(this.#failed);
  }

  async invalidate(key: string): Promise<void> {
    await this.#settle(key, this.#redis.set(key, '', 'EX', INVALIDATION_HOLD_S));
  }

  async storeVersioned(key: string, { version, body }: VersionedBody, ttl_s: number): Promise<void> {
    await this.#settle(key, this.#redis.eval(STORE_IF_NEWER, 1, key, version, body, ttl_s));
  }

  close(): void {
    this.#unsettled.stop();
    this.#redis.disconnect();
  }

  async #read(kind: CacheKind, reading: Promise<Buffer | null>): Promise<Buffer | null> {
    try {
      const body = await reading;
      // An empty body is the mark of an invalidation.
      if (body !== null && body.length > 0) {
        this.#counts.cacheHits[kind] += 1;
        return body;
      }
    } catch (error) {
      this.#failed(error);
    }
    this.#counts.cacheMisses[kind] += 1;
    return null;
  }

  /** Waits for a write that keeps the cache true; one that fails is made good when the cache is back. */
  async #settle(key: string, writing: Promise<unknown>): Promise<void> {
    try {
      await writing;
    } catch (error) {
      this.#failed(error);
      this.#unsettled.add(key);
    }
  }

  readonly #failed = (error: unknown): void => {
    this.#counts.cacheErrors += 1;
    this.#quiet.warn(error, 'a cache command failed');
  };
}
