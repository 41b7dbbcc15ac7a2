import { expect, test } from 'vitest';
import { SettingsError } from '../settings.ts';
import { readShortenerSettings } from './settings.ts';

const shard = (port: number) => `postgres://shop@127.0.0.1:${port}/shop`;
const complete = { PORT: '3000', DATABASE_URL: shard(5432), JWT_SECRET: 'x'.repeat(32) };

function problemsOf(over: Record<string, string>): readonly string[] {
  try {
    readShortenerSettings({ ...complete, ...over });
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

test('one database is one shard, without a cache and without replicas', () => {
  expect(readShortenerSettings(complete)).toMatchObject({
    shards: [{ url: shard(5432), readUrl: undefined }],
    sharding: 'consistent-hash',
    readYourWrites: 'cache-after-write',
    redisUrls: [],
  });
});

test('shards are in the order given, each with where it is read', () => {
  const settings = readShortenerSettings({
    ...complete,
    DATABASE_URL: `${shard(1)},${shard(2)}`,
    DATABASE_READ_URL: `${shard(3)},${shard(4)}`,
    SHARDING: 'modulo',
  });
  expect(settings.shards).toEqual([
    { url: shard(1), readUrl: shard(3) },
    { url: shard(2), readUrl: shard(4) },
  ]);
  expect(settings.sharding).toBe('modulo');
});

test.for([
  [{ DATABASE_URL: '' }, 'DATABASE_URL: is required'],
  [{ DATABASE_URL: `${shard(1)},${shard(1)}` }, 'DATABASE_URL: names a shard twice'],
  [{ DATABASE_READ_URL: `${shard(1)},${shard(2)}` }, 'DATABASE_READ_URL: has 2 URLs, DATABASE_URL has 1 shards'],
  [{ SHARDING: 'range' }, 'SHARDING: '],
  [{ PUBLIC_ORIGIN: 'short.example' }, 'PUBLIC_ORIGIN: must be a URL like https://short.example'],
  [{ JWT_SECRET: 'short' }, 'JWT_SECRET: must have at least 32 characters'],
] as const)('%j is refused', ([over, problem]) => {
  const problems = problemsOf({ ...over });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(problem);
});
