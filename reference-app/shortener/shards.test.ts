import { afterAll, beforeAll, expect, test } from 'vitest';
import { query } from '../testing/servers.ts';
import { startShortener, TEST_SEED, type TestInstance, type TestShortener } from '../testing/shortener.ts';
import { TEST_SECRET } from '../testing/shop.ts';
import { until } from '../testing/until.ts';
import { codeOfKey } from './code.ts';
import { placementOf } from './placement.ts';
import { makeUrls } from './seed/urls.ts';

const SHARDS = 3;
const TARGET = 'https://example.com/';
const shardOf = placementOf('consistent-hash', SHARDS);

let shortener: TestShortener;
let instance: TestInstance;
beforeAll(async () => {
  // Without a cache, so that every answer is a shard's.
  shortener = await startShortener({ shards: SHARDS, cache: false });
  instance = await shortener.serve();
});
afterAll(async () => {
  await shortener.stop();
});

const seeded = Array.from(makeUrls(TEST_SEED.seed, TEST_SEED.urls), ({ code }) => code);
const codesOf = (shard: number) => seeded.filter((code) => shardOf(code) === shard);
const statuses = async (codes: readonly string[]) =>
  (await Promise.all(codes.map((code) => instance.ask('GET', `/${code}`)))).map(({ status }) => status);
const health = async () => await instance.ask('GET', '/health');
const allUp = async () => (await health()).text.includes('"shards":["up","up","up"]');
const keyOf = (shard: number) => {
  const keys = Array.from({ length: 1_000 }, (_, n) => `a-key-of-shard-${shard}-${n}`);
  return keys.find((key) => shardOf(codeOfKey(TEST_SECRET, key, 0)) === shard) ?? '';
};

/** Runs while some shards are killed; they are well again afterwards. */
async function without(away: readonly number[], work: () => Promise<void>): Promise<void> {
  const servers = shortener.shards.filter((_, shard) => away.includes(shard));
  await Promise.all(servers.map((server) => server.kill()));
  try {
    await work();
  } finally {
    await Promise.all(servers.map((server) => server.start()));
    await until(allUp);
  }
}

test('each URL is in its own shard and in no other, and is found there', async () => {
  const made = await Promise.all(Array.from({ length: 30 }, (_, n) => instance.shorten(`${TARGET}${n}`)));
  expect(new Set(made.map(({ code }) => shardOf(code))).size).toBe(SHARDS);
  for (const [shard, { url }] of shortener.shards.entries()) {
    const rows = await query<{ code: string }>(url, 'SELECT code FROM urls');
    expect(new Set(rows.map(({ code }) => shardOf(code)))).toEqual(new Set([shard]));
  }
  expect(new Set(await statuses([...seeded, ...made.map(({ code }) => code)]))).toEqual(new Set([302]));
  expect(await allUp()).toBe(true);
});

test('while a shard is killed, its codes and no others are 503, and new URLs are made in the others', async () => {
  const key = keyOf(1);
  await without([1], async () => {
    expect(new Set(await statuses([...codesOf(0), ...codesOf(2)]))).toEqual(new Set([302]));
    expect(new Set(await statuses(codesOf(1)))).toEqual(new Set([503]));
    const refused = await instance.ask('GET', `/${codesOf(1)[0]}`);
    expect([refused.headers.get('retry-after'), refused.json]).toMatchObject(['1', { error: { code: 'UNAVAILABLE' } }]);

    // One that does not know yet that the shard is away.
    const another = await shortener.serve();
    const made = await Promise.all(Array.from({ length: 40 }, (_, n) => another.shorten(`${TARGET}away/${n}`)));
    expect(new Set(made.map(({ code }) => shardOf(code)))).toEqual(new Set([0, 2]));
    // A key has one shard, or repeats could make two URLs.
    const keyed = { body: { url: TARGET }, headers: { 'idempotency-key': key } };
    expect((await instance.ask('POST', '/api/v1/urls', keyed)).status).toBe(503);

    await until(async () => (await health()).text.includes('"shards":["up","down","up"]'));
    expect(await health()).toMatchObject({ status: 200, json: { status: 'healthy', database: 'up' } });
  });
  expect(new Set(await statuses(codesOf(1)))).toEqual(new Set([302]));
  const { code } = await instance.shorten(TARGET, {}, { 'idempotency-key': key });
  expect(shardOf(code)).toBe(1);
});

test('a shard that takes connections but answers nothing hangs neither the others nor health', async () => {
  const [, , hanging] = shortener.shards;
  hanging?.freeze();
  try {
    const another = await shortener.serve();
    const refused = another.ask('GET', `/${codesOf(2)[0]}`);
    const others = [...codesOf(0), ...codesOf(1)].map((code) => another.ask('GET', `/${code}`));
    expect(new Set((await Promise.all(others)).map(({ status }) => status))).toEqual(new Set([302]));
    expect(await another.ask('GET', '/health')).toMatchObject({ status: 200, json: { shards: ['up', 'up', 'down'] } });
    const made = await Promise.all(Array.from({ length: 12 }, (_, n) => another.shorten(`${TARGET}hangs/${n}`)));
    expect(new Set(made.map(({ code }) => shardOf(code)))).toEqual(new Set([0, 1]));
    expect((await refused).status).toBe(503);
  } finally {
    hanging?.thaw();
  }
});

test('without any shard health and everything else are 503', async () => {
  await without([0, 1, 2], async () => {
    expect((await health()).status).toBe(503);
    const made = await instance.ask('POST', '/api/v1/urls', { body: { url: TARGET } });
    expect([made.status, made.headers.get('retry-after')]).toEqual([503, '1']);
    expect(new Set(await statuses(seeded.slice(0, 10)))).toEqual(new Set([503]));
  });
});

test('clicks of a shard that is away are written when it is back; those of others at once', async () => {
  const another = await shortener.serve();
  const aliases = Array.from({ length: 100 }, (_, n) => `clicked-${n}`);
  const [there = '', away = ''] = [0, 1].map((shard) => aliases.find((alias) => shardOf(alias) === shard));
  for (const alias of [there, away]) {
    await another.shorten(TARGET, { alias });
    await another.ask('GET', `/${alias}`);
  }
  const clicks = async (shard: number, code: string) =>
    await query(shortener.shards[shard]?.url ?? '', 'SELECT clicks::int FROM clicks WHERE code = $1', [code]);
  await without([1], async () => {
    expect(await clicks(0, there)).toEqual([]);
    await until(async () => (await clicks(0, there)).length === 1);
  });
  await another.stop();
  expect(await clicks(1, away)).toEqual([{ clicks: 1 }]);
});
