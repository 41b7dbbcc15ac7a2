import { randomBytes } from 'node:crypto';
import { QuietLog, type Log } from '../log.ts';
import type { CacheKind, Counts, StampedeEvent } from '../metrics/metrics.ts';
import type { Cache, VersionedBody } from './cache.ts';
import { connectRedis, type RedisClient } from './redis-client.ts';
import type { StampedePolicy } from './stampede.ts';
import { UnsettledKeys } from './unsettled-keys.ts';

/**
 * How long an invalidation keeps readers from storing what they read before it: longer than any read can take (3 s
 * statement, 0.5 s grace) plus the wait for the cache itself.
 */
export const INVALIDATION_HOLD_S = 5;

/** Stores ARGV[2] unless the hash already has a version above ARGV[1]. Each script runs atomically within Redis. */
const STORE_IF_NEWER = `
local held = redis.call('HGET', KEYS[1], 'v')
if held and tonumber(held) > tonumber(ARGV[1]) then return 0 end
redis.call('HSET', KEYS[1], 'v', ARGV[1], 'b', ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[3])
return 1`;

/** Stores ARGV[1] unless an invalidation's mark, which is empty, is there. */
const REPLACE_UNLESS_INVALID = `
if redis.call('GET', KEYS[1]) == '' then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
return 1`;

/** Deletes the key only while it holds ARGV[1]: a lock that ran out and was taken by somebody else stays. */
const DELETE_IF_SAME = `
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0`;

export interface RedisCacheOptions {
  /** One Redis, or nodes of one cluster. */
  readonly urls: readonly string[];
  readonly stampede?: StampedePolicy;
  /** Where reads may come from a replica that lags, readers are kept from storing for longer. */
  readonly hold_s?: number;
}

/** The cache in one Redis or a Redis Cluster (see redis-client.ts for what happens when it fails). Each command has one key. */
export class RedisCache implements Cache {
  readonly stampede: StampedePolicy;
  readonly #redis: RedisClient;
  readonly #counts: Counts;
  readonly #quiet: QuietLog;
  readonly #unsettled: UnsettledKeys;
  readonly #hold_s: number;

  constructor({ urls, stampede = 'none', hold_s = INVALIDATION_HOLD_S }: RedisCacheOptions, counts: Counts, log: Log) {
    this.stampede = stampede;
    this.#hold_s = hold_s;
    this.#counts = counts;
    this.#quiet = new QuietLog(log);
    this.#redis = connectRedis(urls);
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

  async peek(key: string): Promise<Buffer | null> {
    try {
      const body = await this.#redis.getBuffer(key);
      return body === null || body.length === 0 ? null : body;
    } catch (error) {
      this.#failed(error);
      return null;
    }
  }

  async getVersioned(kind: CacheKind, key: string): Promise<Buffer | null> {
    return await this.#read(kind, this.#redis.hgetBuffer(key, 'b'));
  }

  fill(key: string, body: string, ttl_s: number): void {
    // NX: neither an invalidation mark nor another reader's newer body is overwritten.
    this.#redis.set(key, body, 'EX', ttl_s, 'NX').catch(this.#failed);
  }

  async replace(key: string, body: string, ttl_s: number): Promise<void> {
    await this.#redis.eval(REPLACE_UNLESS_INVALID, 1, key, body, ttl_s).catch(this.#failed);
  }

  async put(key: string, body: string, ttl_s: number): Promise<void> {
    await this.#settle(key, this.#redis.set(key, body, 'EX', ttl_s));
  }

  async invalidate(key: string): Promise<void> {
    await this.#settle(key, this.#redis.set(key, '', 'EX', this.#hold_s));
  }

  forget(key: string): void {
    this.#redis.unlink(key).catch(this.#failed);
  }

  async storeVersioned(key: string, { version, body }: VersionedBody, ttl_s: number): Promise<void> {
    await this.#settle(key, this.#redis.eval(STORE_IF_NEWER, 1, key, version, body, ttl_s));
  }

  async lock(key: string, hold_ms: number): Promise<string | null> {
    const token = randomBytes(12).toString('base64url');
    try {
      return (await this.#redis.set(lockKey(key), token, 'PX', hold_ms, 'NX')) === 'OK' ? token : null;
    } catch (error) {
      this.#failed(error);
      return 'away';
    }
  }

  unlock(key: string, token: string): void {
    // One that cannot be given back runs out by itself.
    this.#redis.eval(DELETE_IF_SAME, 1, lockKey(key), token).catch(this.#failed);
  }

  counted(event: StampedeEvent): void {
    this.#counts.stampede[event] += 1;
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

function lockKey(key: string): string {
  return `lock:${key}`;
}
