import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReadYourWrites } from '../database/read-your-writes.ts';
import { query, startReplica, type TestServer } from '../testing/servers.ts';
import { startShortener, urlsOf, type TestInstance, type TestShortener } from '../testing/shortener.ts';
import { until } from '../testing/until.ts';

let shortener: TestShortener;
let replica: TestServer;
beforeAll(async () => {
  shortener = await startShortener({ shards: 1, cache: true });
  const [primary] = shortener.shards;
  if (primary === undefined) throw new Error('there is no shard');
  replica = await startReplica(primary);
});
afterAll(async () => {
  await replica.stop();
  await shortener.stop();
});

const TARGET = 'https://example.com/';

/** Runs with two instances that read from the replica, whose replay stands still meanwhile. */
async function whileLagging(
  readYourWrites: ReadYourWrites,
  work: (one: TestInstance, other: TestInstance) => Promise<void>,
): Promise<void> {
  const shards = urlsOf(shortener.shards).map((url) => ({ url, readUrl: replica.url }));
  const serve = () => shortener.serve({ shards, readYourWrites });
  const [one, other] = await Promise.all([serve(), serve()]);
  await query(replica.url, 'SELECT pg_wal_replay_pause()');
  try {
    await work(one, other);
  } finally {
    await query(replica.url, 'SELECT pg_wal_replay_resume()');
  }
}

async function forgetEverything(): Promise<void> {
  const redis = new Redis(shortener.redis?.url ?? '');
  await redis.flushall();
  redis.disconnect();
}

const readsOf = ({ counts }: TestInstance) => ({ ...counts.databaseReads });

test('cache-after-write: whoever clicks is led from the cache, and no database is asked', async () => {
  await whileLagging('cache-after-write', async (one, other) => {
    const { code } = await one.shorten(TARGET);
    expect((await other.ask('GET', `/${code}`)).status).toBe(302);
    expect(readsOf(other)).toEqual({ primary: 0, replica: 0 });
  });
});

test('primary-within-window: whoever clicks within the window is led by the primary, on any instance', async () => {
  await whileLagging('primary-within-window', async (one, other) => {
    const { code } = await one.shorten(TARGET);
    expect((await other.ask('GET', `/${code}`)).status).toBe(302);
    expect(readsOf(other)).toEqual({ primary: 1, replica: 0 });
  });
});

test('primary-for-author: the author’s browser is led by the primary; others may be too early', async () => {
  await whileLagging('primary-for-author', async (one, other) => {
    const made = await one.ask('POST', '/api/v1/urls', { body: { url: TARGET } });
    const { code } = made.json as { code: string };
    const cookie = made.headers.get('set-cookie') ?? '';
    expect(cookie).toBe(`author=1; Path=/${code}; Max-Age=5; HttpOnly; SameSite=Lax`);
    expect((await other.ask('GET', `/${code}`)).status).toBe(404);
    const asAuthor = { headers: { cookie: `theme=dark; ${cookie.split(';')[0]}` } };
    expect((await other.ask('GET', `/${code}`, asAuthor)).status).toBe(302);
    expect(readsOf(other)).toEqual({ primary: 1, replica: 1 });
  });
});

test('none: everybody may be too early, until the replica has it', async () => {
  await whileLagging('none', async (one) => {
    const { code } = await one.shorten(TARGET);
    expect((await one.ask('GET', `/${code}`)).status).toBe(404);
    await query(replica.url, 'SELECT pg_wal_replay_resume()');
    await until(async () => (await one.ask('GET', `/${code}`)).status === 302);
    expect(readsOf(one).primary).toBe(0);
  });
});

test.for(['primary-within-window', 'cache-after-write'] as const)(
  '%s: without a cache nobody can know, and the primary leads',
  async (readYourWrites) => {
    const shards = urlsOf(shortener.shards).map((url) => ({ url, readUrl: replica.url }));
    const uncached = await shortener.serve({ shards, readYourWrites, redisUrls: [] });
    await whileLagging(readYourWrites, async () => {
      const { code } = await uncached.shorten(TARGET);
      expect((await uncached.ask('GET', `/${code}`)).status).toBe(302);
      expect(readsOf(uncached)).toEqual({ primary: 1, replica: 0 });
    });
  },
);

test('what the cache has lost and the replica does not have yet is looked for on the primary, and counted', async () => {
  await whileLagging('cache-after-write', async (one, other) => {
    const { code } = await one.shorten(TARGET);
    await forgetEverything();
    expect((await other.ask('GET', `/${code}`)).status).toBe(302);
    expect(readsOf(other)).toEqual({ primary: 1, replica: 1 });
    expect(other.counts.staleFallbacks).toBe(1);
  });
});

test('a URL is taken back, and while the replica lags nobody keeps what it still shows', async () => {
  await whileLagging('cache-after-write', async (one, other) => {
    await query(replica.url, 'SELECT pg_wal_replay_resume()');
    const { code, ownerToken } = await one.shorten(TARGET);
    await until(async () => (await query(replica.url, 'SELECT FROM urls WHERE code = $1', [code])).length === 1);
    await query(replica.url, 'SELECT pg_wal_replay_pause()');
    const headers = { authorization: `Bearer ${ownerToken}` };
    expect((await one.ask('DELETE', `/api/v1/urls/${code}`, { headers })).status).toBe(204);
    await other.ask('GET', `/${code}`);
    await query(replica.url, 'SELECT pg_wal_replay_resume()');
    await until(async () => (await other.ask('GET', `/${code}`)).status === 404);
  });
});
