import { Cluster, Redis, type RedisOptions } from 'ioredis';

export type RedisClient = Redis | Cluster;

/** A command that has no answer by then has failed: the cache is there to be quick. */
const COMMAND_MS = 250;

/**
 * A client for one Redis, or for the cluster that several URLs are nodes of (with the same credentials). A command waits at
 * most 250 ms; while nothing is connected commands fail at once instead of queueing up, and none is sent a second time after
 * a reconnect (a late write could overwrite a newer one).
 */
export function connectRedis(urls: readonly string[]): RedisClient {
  const [first] = urls;
  if (first === undefined) throw new RangeError('at least one Redis URL is needed');
  const options = {
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    commandTimeout: COMMAND_MS,
    socketTimeout: 1_000,
    connectTimeout: 1_000,
  } satisfies RedisOptions;
  const retryStrategy = (attempt: number) => Math.min(attempt * 50, 1_000);
  if (urls.length === 1) {
    return new Redis(first, { ...options, enableAutoPipelining: true, enableOfflineQueue: false, retryStrategy });
  }
  const { username, password, protocol } = new URL(first);
  const credentials = {
    ...(username === '' ? {} : { username: decodeURIComponent(username) }),
    ...(password === '' ? {} : { password: decodeURIComponent(password) }),
    ...(protocol === 'rediss:' ? { tls: {} } : {}),
  };
  return new Cluster(
    urls.map((url) => ({ host: new URL(url).hostname, port: Number(new URL(url).port || 6_379) })),
    {
      enableAutoPipelining: true,
      enableOfflineQueue: false,
      clusterRetryStrategy: retryStrategy,
      // Absent, a node that was away is met again only at the next refresh of the slots.
      clusterNodeRetryStrategy: retryStrategy,
      slotsRefreshTimeout: 1_000,
      slotsRefreshInterval: 5_000,
      // A failing master costs its slots a few tries, not the 16 redirections that are the default.
      maxRedirections: 3,
      retryDelayOnFailover: 50,
      retryDelayOnClusterDown: 50,
      redisOptions: { ...options, ...credentials },
    },
  );
}
