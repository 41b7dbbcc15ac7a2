import type { CacheKind, StampedeEvent } from '../metrics/metrics.ts';
import type { StampedePolicy } from './stampede.ts';

/** A cart's JSON and the version it stands for. */
export interface VersionedBody {
  readonly version: number;
  readonly body: string | Buffer;
}

/**
 * The cache of architecture step 2. Nothing here ever rejects: a cache that is away is a cache that knows nothing, and the
 * service is slower but right. Bodies are JSON as sent to clients, so a hit is passed on without being parsed.
 */
export interface Cache {
  readonly stampede: StampedePolicy;
  readonly state: () => 'up' | 'down' | 'off';
  /** The body under a key, or null. Counts a hit or a miss, except when there is no cache at all. */
  get(kind: CacheKind, key: string): Promise<Buffer | null>;
  /** As `get`, uncounted: for what is not a read of a client. */
  peek(key: string): Promise<Buffer | null>;
  /** Stores what was read from the database, unless something is there or the key was invalidated during that read. */
  fill(key: string, body: string, ttl_s: number): void;
  /** Stores a newer body in place of what is there, unless the key was invalidated meanwhile. */
  replace(key: string, body: string, ttl_s: number): Promise<void>;
  /** Stores a body that was just committed, whatever is there. */
  put(key: string, body: string, ttl_s: number): Promise<void>;
  /** Makes what is stored invalid, and for a few seconds also what readers that are under way would store. */
  invalidate(key: string): Promise<void>;
  /** Drops what is stored, without waiting: for what may be a little old in any case. */
  forget(key: string): void;
  /** The cart under a key, or null. */
  getVersioned(kind: CacheKind, key: string): Promise<Buffer | null>;
  /** Stores a body unless a later version is there already. */
  storeVersioned(key: string, value: VersionedBody, ttl_s: number): Promise<void>;
  /** The right to load a key: a token, null when somebody else has it, or 'away' when the cache cannot say. */
  lock(key: string, hold_ms: number): Promise<string | null>;
  /** Gives a right back, if it is still held under this token. */
  unlock(key: string, token: string): void;
  counted(event: StampedeEvent): void;
  close(): void;
}

/** Architecture step 1: every read goes to the database. */
export const noCache: Cache = {
  stampede: 'none',
  state: () => 'off',
  get: () => Promise.resolve(null),
  peek: () => Promise.resolve(null),
  fill: () => undefined,
  replace: () => Promise.resolve(),
  put: () => Promise.resolve(),
  invalidate: () => Promise.resolve(),
  forget: () => undefined,
  getVersioned: () => Promise.resolve(null),
  storeVersioned: () => Promise.resolve(),
  lock: () => Promise.resolve('away'),
  unlock: () => undefined,
  counted: () => undefined,
  close: () => undefined,
};
