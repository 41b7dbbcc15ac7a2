import type { CacheKind } from '../metrics/metrics.ts';

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
  readonly state: () => 'up' | 'down' | 'off';
  /** The body under a key, or null. Counts a hit or a miss, except when there is no cache at all. */
  get(kind: CacheKind, key: string): Promise<Buffer | null>;
  /** Stores what was read from the database, unless the key was invalidated while that read was under way. */
  fill(key: string, body: string, ttl_s: number): void;
  /** Makes what is stored invalid, and for a few seconds also what readers that are under way would store. */
  invalidate(key: string): Promise<void>;
  /** The cart under a key, or null. */
  getVersioned(kind: CacheKind, key: string): Promise<Buffer | null>;
  /** Stores a body unless a later version is there already. */
  storeVersioned(key: string, value: VersionedBody, ttl_s: number): Promise<void>;
  close(): void;
}

/** Architecture step 1: every read goes to the database. */
export const noCache: Cache = {
  state: () => 'off',
  get: () => Promise.resolve(null),
  fill: () => undefined,
  invalidate: () => Promise.resolve(),
  getVersioned: () => Promise.resolve(null),
  storeVersioned: () => Promise.resolve(),
  close: () => undefined,
};
