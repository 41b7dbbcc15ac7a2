import { pino } from 'pino';
import { loadShards } from '../shortener/seed/load.ts';
import { createShortener, type ShortenerService } from '../shortener/service.ts';
import type { ShortenerSettings } from '../shortener/settings.ts';
import { freePort } from './ports.ts';
import { startPostgres, startRedis, type TestServer } from './servers.ts';
import { ask, TEST_SECRET, type Answer, type Ask } from './shop.ts';

/** URLs of the seed that every test file has. */
export const TEST_SEED = { seed: 7, urls: 200, sharding: 'consistent-hash' } as const;

/** A URL shortener with real servers behind it, for one test file. */
export interface TestShortener {
  readonly shards: readonly TestServer[];
  readonly redis: TestServer | undefined;
  /** One instance on a free port; it is stopped with the rest. */
  serve(over?: Partial<ShortenerSettings>): Promise<TestInstance>;
  stop(): Promise<void>;
}

export interface TestInstance extends ShortenerService {
  /** Sends one request; paths are absolute. Redirects are not followed. */
  ask(method: string, path: string, how?: Ask): Promise<Answer>;
  /** Shortens an address and yields the answer's body. */
  shorten(url: string, more?: object, headers?: Record<string, string>): Promise<Shortened>;
}

export interface Shortened {
  readonly code: string;
  readonly shortUrl: string;
  readonly url: string;
  readonly ownerToken: string;
}

/** Starts PostgreSQL as often as asked, Redis if wanted, and seeds. What was started is stopped again on failure. */
export async function startShortener({
  shards: count,
  cache,
}: {
  shards: number;
  cache: boolean;
}): Promise<TestShortener> {
  const [redis, ...shards] = await Promise.all([
    cache ? startRedis() : undefined,
    ...Array.from({ length: count }, () => startPostgres()),
  ]);
  const instances: TestInstance[] = [];
  const stop = async () => {
    await Promise.all(instances.map((instance) => instance.stop()));
    await Promise.all([redis?.stop(), ...shards.map((shard) => shard.stop())]);
  };
  try {
    await loadShards(urlsOf(shards), TEST_SEED);
  } catch (error) {
    await stop();
    throw error;
  }
  const serve = async (over: Partial<ShortenerSettings> = {}) => {
    const shardAddresses = urlsOf(shards).map((url) => ({ url, readUrl: undefined }));
    const redisUrls = redis === undefined ? [] : [redis.url];
    const instance = await startInstance({ shards: shardAddresses, redisUrls, ...over });
    instances.push(instance);
    return instance;
  };
  return { shards, redis, serve, stop };
}

export function urlsOf(shards: readonly TestServer[]): string[] {
  return shards.map(({ url }) => url);
}

async function startInstance(
  over: Pick<ShortenerSettings, 'shards'> & Partial<ShortenerSettings>,
): Promise<TestInstance> {
  const port = await freePort();
  const settings: ShortenerSettings = {
    host: '127.0.0.1',
    port,
    sharding: TEST_SEED.sharding,
    readYourWrites: 'cache-after-write',
    readYourWritesWindow_ms: 5_000,
    redisUrls: [],
    stampede: 'lock',
    inFlightMax: 4_000,
    databasePoolMax: 10,
    secret: TEST_SECRET,
    publicOrigin: undefined,
    logLevel: 'silent',
    instanceId: 'test',
    ...over,
  };
  const service = createShortener(settings, pino({ level: 'silent' }), false);
  await service.listen();
  const send = (method: string, path: string, how: Ask = {}) => ask(`http://127.0.0.1:${port}${path}`, method, how);
  const shorten = async (url: string, more: object = {}, headers: Record<string, string> = {}) => {
    const answer = await send('POST', '/api/v1/urls', { body: { url, ...more }, headers });
    if (answer.status !== 201) throw new Error(`shortening was answered ${answer.status}: ${answer.text}`);
    return answer.json as Shortened;
  };
  return { ...service, ask: send, shorten };
}
