import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { noCache } from '../cache/cache.ts';
import { startPostgres, type TestServer } from '../testing/servers.ts';
import { TEST_SECRET } from '../testing/shop.ts';
import { codeOfNumber } from './code.ts';
import { ShortenerCounts } from './metrics.ts';
import { loadShards } from './seed/load.ts';
import { readShortenerSettings } from './settings.ts';
import { Shards } from './shards.ts';
import { UrlStore } from './url-store.ts';

let database: TestServer;
beforeAll(async () => {
  database = await startPostgres();
  await loadShards([database.url], { seed: 7, urls: 1, sharding: 'modulo' });
});
afterAll(async () => {
  await database.stop();
});

test('whoever draws a code that is taken draws another, so that as many URLs have as many codes', async () => {
  const settings = readShortenerSettings({ PORT: '1', DATABASE_URL: database.url, JWT_SECRET: TEST_SECRET });
  const counts = new ShortenerCounts();
  const shards = new Shards(settings, noCache, counts, pino({ level: 'silent' }));
  // Everybody begins with the same codes.
  const drawer = () => {
    let drawn = 0;
    return () => codeOfNumber((drawn += 1));
  };
  const makers = Array.from({ length: 12 }, () => {
    return new UrlStore({
      shards,
      cache: noCache,
      counts,
      readYourWrites: 'none',
      secret: TEST_SECRET,
      draw: drawer(),
    });
  });
  try {
    const request = { alias: undefined, key: undefined, keyHash: null };
    const made = await Promise.all(
      makers.map((urls, n) => urls.make({ address: `https://example.com/${n}`, ...request })),
    );
    const codes = made.map(({ code }) => code);
    expect(codes.toSorted()).toEqual(Array.from({ length: 12 }, (_, n) => codeOfNumber(n + 1)));
    for (const [n, code] of codes.entries())
      expect(await makers[0]?.address(code, false)).toBe(`https://example.com/${n}`);
    expect([counts.urlsMade, counts.codeCollisions]).toEqual([12, (12 * 11) / 2]);
  } finally {
    await shards.close();
  }
});
