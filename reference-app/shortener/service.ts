import type { Server } from 'node:http';
import { noCache, type Cache } from '../cache/cache.ts';
import { INVALIDATION_HOLD_S, RedisCache } from '../cache/redis-cache.ts';
import { createHttpServer, drain, listen, withinDrain } from '../http/lifecycle.ts';
import type { Log } from '../log.ts';
import { createShortenerApp } from './app.ts';
import { createShortenerRegistry, ShortenerCounts } from './metrics.ts';
import type { ShortenerSettings } from './settings.ts';
import { Shards } from './shards.ts';

/** How long to wait for the cache at start before serving without it. */
const CACHE_START_MS = 1_000;

/** One running instance. */
export interface ShortenerService {
  readonly server: Server;
  readonly counts: ShortenerCounts;
  /** Listens on the configured address; rejects when that is taken. */
  listen(): Promise<void>;
  /** Stops accepting, lets what runs finish, writes the clicks it has counted, and closes everything. Safe to call twice. */
  stop(): Promise<void>;
}

/** Builds an instance from its settings; nothing listens yet. `processMetrics` adds Node's own figures to /metrics. */
export function createShortener(settings: ShortenerSettings, log: Log, processMetrics = true): ShortenerService {
  const counts = new ShortenerCounts();
  const cache = createCache(settings, counts, log);
  const shards = new Shards(settings, cache, counts, log);
  const sum = (of: 'waiting' | 'connections') => shards.all.reduce((total, shard) => total + shard[of], 0);
  const gauges = { poolWaiting: () => sum('waiting'), poolConnections: () => sum('connections') };
  const registry = createShortenerRegistry(counts, gauges, processMetrics);
  let stopping: Promise<void> | undefined;
  const isDraining = () => stopping !== undefined;
  const server = createHttpServer(createShortenerApp({ settings, shards, cache, counts, registry, log, isDraining }));

  const stop = async () => {
    await drain(server, log);
    await withinDrain(shards.close());
    cache.close();
  };
  return {
    server,
    counts,
    listen: async () => {
      await Promise.all([
        cache instanceof RedisCache ? cache.connected(CACHE_START_MS) : undefined,
        ...shards.all.map((shard) => shard.probe()),
      ]);
      await listen(server, settings);
      for (const { clicks } of shards.all) clicks.start();
    },
    stop: () => (stopping ??= stop()),
  };
}

function createCache(settings: ShortenerSettings, counts: ShortenerCounts, log: Log): Cache {
  const { redisUrls: urls, stampede, shards, readYourWritesWindow_ms } = settings;
  if (urls.length === 0) return noCache;
  // A replica may hand readers what it had before the invalidation for as long as it lags.
  const lags = shards.some(({ readUrl }) => readUrl !== undefined);
  const lag_s = lags ? Math.ceil(readYourWritesWindow_ms / 1_000) : 0;
  return new RedisCache({ urls, stampede, hold_s: INVALIDATION_HOLD_S + lag_s }, counts, log);
}
