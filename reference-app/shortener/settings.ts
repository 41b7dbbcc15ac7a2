import { z } from 'zod';
import type { StampedePolicy } from '../cache/stampede.ts';
import { READ_YOUR_WRITES, type ReadYourWrites } from '../database/read-your-writes.ts';
import { environment as shop, readEnvironment, SettingsError, urls } from '../settings.ts';
import { SHARDINGS, type Sharding } from './placement.ts';

/** Where one shard is. */
export interface ShardAddress {
  readonly url: string;
  /** Where reads may go; absent when there is one database for all. */
  readonly readUrl: string | undefined;
}

/** Everything an instance of the URL shortener can be told, from the environment. */
export interface ShortenerSettings {
  readonly host: string;
  readonly port: number;
  /** At least one; their order is part of where codes are. */
  readonly shards: readonly ShardAddress[];
  readonly sharding: Sharding;
  readonly readYourWrites: ReadYourWrites;
  readonly readYourWritesWindow_ms: number;
  /** None, one, or nodes of a cluster. */
  readonly redisUrls: readonly string[];
  readonly stampede: StampedePolicy;
  readonly inFlightMax: number;
  /** For each shard, and for each shard's replicas. */
  readonly databasePoolMax: number;
  /** What owner tokens, and the codes of idempotency keys, are derived from. */
  readonly secret: string;
  /** The origin of short URLs; absent: the host that a request names. */
  readonly publicOrigin: string | undefined;
  readonly logLevel: string;
  readonly instanceId: string;
}

const DATABASE_URLS = urls(/^postgres(ql)?$/, 'postgres://user@127.0.0.1:5432/shortener');

/** What the seeder is told as well. */
export const shardEnvironment = z.object({
  DATABASE_URL: DATABASE_URLS.refine((given) => given.length > 0, 'is required').refine(
    (given) => new Set(given).size === given.length,
    'names a shard twice',
  ),
  SHARDING: z.enum(SHARDINGS).default('consistent-hash'),
});

/** Read as the shop reads them. */
const alike = shop.pick({
  HOST: true,
  PORT: true,
  REDIS_URL: true,
  STAMPEDE: true,
  READ_YOUR_WRITES_WINDOW_MS: true,
  IN_FLIGHT_MAX: true,
  DB_POOL_MAX: true,
  JWT_SECRET: true,
  LOG_LEVEL: true,
  INSTANCE_ID: true,
});
const environment = z.object({
  ...shardEnvironment.shape,
  ...alike.shape,
  DATABASE_READ_URL: DATABASE_URLS,
  // The document's choice.
  READ_YOUR_WRITES: z.enum(READ_YOUR_WRITES).default('cache-after-write'),
  PUBLIC_ORIGIN: z.url({ protocol: /^https?$/, error: 'must be a URL like https://short.example' }).optional(),
});

/** Reads the settings. An empty variable counts as absent. Throws a `SettingsError` naming all problems. */
export function readShortenerSettings(env: Readonly<Record<string, string | undefined>>): ShortenerSettings {
  const read = readEnvironment(environment, env);
  return {
    host: read.HOST,
    port: read.PORT,
    shards: shardAddresses(read.DATABASE_URL, read.DATABASE_READ_URL),
    sharding: read.SHARDING,
    readYourWrites: read.READ_YOUR_WRITES,
    readYourWritesWindow_ms: read.READ_YOUR_WRITES_WINDOW_MS,
    redisUrls: read.REDIS_URL,
    stampede: read.STAMPEDE,
    inFlightMax: read.IN_FLIGHT_MAX,
    databasePoolMax: read.DB_POOL_MAX,
    secret: read.JWT_SECRET,
    publicOrigin: read.PUBLIC_ORIGIN === undefined ? undefined : new URL(read.PUBLIC_ORIGIN).origin,
    logLevel: read.LOG_LEVEL,
    instanceId: read.INSTANCE_ID,
  };
}

function shardAddresses(writes: readonly string[], reads: readonly string[]): ShardAddress[] {
  if (reads.length > 0 && reads.length !== writes.length) {
    throw new SettingsError([`DATABASE_READ_URL: has ${reads.length} URLs, DATABASE_URL has ${writes.length} shards`]);
  }
  return writes.map((url, index) => ({ url, readUrl: reads[index] }));
}
