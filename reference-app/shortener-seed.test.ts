import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { placementOf, type Sharding } from './shortener/placement.ts';
import { query, startPostgres, type TestServer } from './testing/servers.ts';

const PROGRAM = fileURLToPath(new URL('./shortener-seed.ts', import.meta.url));

let shards: TestServer[];
let feeds: string;
beforeAll(async () => {
  shards = await Promise.all([startPostgres(), startPostgres()]);
  feeds = await mkdtemp(join(tmpdir(), 'shortener-feeds-'));
});
afterAll(async () => {
  await Promise.all(shards.map((shard) => shard.stop()));
  await rm(feeds, { recursive: true, force: true });
});

async function seed(more: readonly string[] = [], over: Record<string, string> = {}): Promise<string> {
  const args = [PROGRAM, '--products', '3000', '--users', '20', '--feeds', feeds, ...more];
  const env = { DATABASE_URL: shards.map(({ url }) => url).join(','), ...over };
  return (await promisify(execFile)(process.execPath, args, { env })).stderr;
}

/** What each shard holds, in order. */
async function contents(): Promise<{ code: string; address: string }[][]> {
  const sql = 'SELECT code, address FROM urls ORDER BY code';
  return await Promise.all(shards.map(({ url }) => query<{ code: string; address: string }>(url, sql)));
}

async function feed(name: string): Promise<string[]> {
  return (await readFile(join(feeds, name), 'utf8')).trimEnd().split('\n');
}

test.for(['consistent-hash', 'modulo'] as const)(
  '%s: each shard gets what belongs there, and all is there once',
  async (sharding: Sharding) => {
    expect(await seed([], { SHARDING: sharding })).toContain('2 shards loaded, 0 skipped');
    const held = await contents();
    const shardOf = placementOf(sharding, 2);
    for (const [shard, rows] of held.entries()) expect(rows.filter(({ code }) => shardOf(code) !== shard)).toEqual([]);
    expect(new Set(held.flat().map(({ code }) => code)).size).toBe(3_000);
    expect((await feed('urls.tsv')).slice(1).toSorted()).toEqual(
      held
        .flat()
        .map(({ code }) => code)
        .toSorted(),
    );
  },
);

test('the same seed loads the same rows; what a shard holds already is skipped', async () => {
  await seed();
  const first = await contents();
  expect(await seed()).toContain('0 shards loaded, 2 skipped');
  expect(await seed(['--seed', '43'])).toContain('2 shards loaded');
  expect(await contents()).not.toEqual(first);
  await seed();
  expect(await contents()).toEqual(first);
  await query(shards[1]?.url ?? '', 'TRUNCATE seed_info, urls');
  expect(await seed()).toContain('1 shards loaded, 1 skipped');
  expect(await contents()).toEqual(first);
});

test('the feeds have a header, are private, and hold what the plan draws from', async () => {
  await seed();
  const [urls, targets] = await Promise.all([feed('urls.tsv'), feed('targets.tsv')]);
  expect([urls[0], urls.length, targets[0]]).toEqual(['code', 3_001, 'address']);
  expect(targets.slice(1).every((address) => URL.parse(address)?.href === address)).toBe(true);
  expect(new Set(targets).size).toBe(targets.length);
  expect((await stat(join(feeds, 'urls.tsv'))).mode & 0o777).toBe(0o600);
});

test('a shard with URLs of somebody else is left alone', async () => {
  await seed();
  await query(shards[1]?.url ?? '', 'DROP TABLE seed_info');
  await expect(seed()).rejects.toMatchObject({ code: 3, stderr: expect.stringContaining('not a seeded one') });
  await query(shards[1]?.url ?? '', 'DROP TABLE urls');
});

test('wrong usage tells everything at once and exits with 2', async () => {
  const failed = seed(['--products', 'many', '--seed=-1']);
  await expect(failed).rejects.toMatchObject({ code: 2, stderr: expect.stringMatching(/products: [^]*seed: /) });
  await expect(seed(['--nonsense'])).rejects.toMatchObject({ code: 2 });
  await expect(seed([], { SHARDING: 'range' })).rejects.toMatchObject({ code: 2 });
});
