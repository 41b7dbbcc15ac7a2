import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { loadShop } from '../../reference-app/seed/load.ts';
import { query, startPostgres } from '../../reference-app/testing/servers.ts';
import type { TestServer } from '../../reference-app/testing/servers.ts';
import type { Findings } from '../instruments.ts';
import { siteWith } from '../testing/site.ts';
import { writes } from './writes.ts';

let database: TestServer;
let folder: string;
let log: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'writes-'));
  log = join(folder, 'writes.tsv');
  database = await startPostgres();
  await loadShop(database.url, { seed: 1, products: 10, users: 3, bcryptCost: 4 });
});
afterAll(async () => {
  await database.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await query(database.url, 'TRUNCATE orders CASCADE');
});

test('writes that are there as the clients know them', async () => {
  await order('run7-1', 'run7-2', 'run7-4');
  await logged(['run7-1', 'ok', 201], ['run7-2', 'ok', 201], ['run7-3', 'http_error', 409], ['run7-4', 'timeout', 0]);
  const { counters, events } = await check();
  expect(counters).toMatchObject({
    'writes.acknowledged': 2,
    'writes.failed': 1,
    'writes.indeterminate': 1,
    'writes.lost': 0,
    'writes.recovered': 1,
    'writes.unexpected': 0,
    'writes.duplicated': 0,
    'writes.unread': 0,
  });
  expect(events?.map(({ detail }) => detail)).toEqual([
    `\`orders\` of \`database\` were read from its primary on port ${new URL(database.url).port}`,
  ]);
});

describe('seeded defects', () => {
  beforeEach(async () => {
    await order('run7-1', 'run7-2');
    await logged(['run7-1', 'ok', 201], ['run7-2', 'ok', 201], ['run7-3', 'http_error', 422]);
  });

  test('an acknowledged order that is dropped', async () => {
    await query(database.url, `DELETE FROM orders WHERE idempotency_key = 'run7-2'`);
    expect((await check()).writes).toMatchObject({ lost: 1, examples: { lost: ['run7-2'] } });
  });

  test('an order that is there twice', async () => {
    await order('run7-1', { user: 2 });
    expect((await check()).writes).toMatchObject({ lost: 0, duplicated: 1, examples: { duplicated: ['run7-1'] } });
  });

  test('orders that nobody sent, or that were refused; those of others are theirs', async () => {
    await order('run7-99', 'run7-3', 'other-1');
    expect((await check()).writes).toMatchObject({ unexpected: 2, examples: { unexpected: ['run7-3', 'run7-99'] } });
  });

  test('a read that is skipped: nothing is known of losses', async () => {
    const { writes: found, counters, events } = await check({ url: 'postgres://shop@127.0.0.1:1/shop' });
    expect(found).toMatchObject({ acknowledged: 2, lost: 0, unread: 2 });
    expect(counters).not.toHaveProperty('writes.lost');
    expect(events?.map(({ detail }) => detail).join()).toContain('`database` could not be read');
  });

  test('one of several databases that is away', async () => {
    await query(database.url, `DELETE FROM orders WHERE idempotency_key = 'run7-2'`);
    const { writes: found } = await check({ more: { 'database-2': 'postgres://shop@127.0.0.1:1/shop' } });
    expect(found).toMatchObject({ acknowledged: 2, lost: 0, unread: 1, examples: { unread: ['run7-2'] } });
  });
});

test('a short URL is found by its alias, in whichever shard it is', async () => {
  const admin = database.url.replace(/shop$/, 'postgres');
  const shards = ['urls_1', 'urls_2'].map((name) => database.url.replace(/shop$/, name));
  const table = `CREATE TABLE urls (code text, created_at timestamptz DEFAULT now())`;
  for (const url of shards) {
    await query(admin, `CREATE DATABASE ${url.split('/').at(-1)}`);
    await query(url, table);
  }
  const make = (url: string, alias: string) => query(url, 'INSERT INTO urls VALUES ($1)', [alias]);
  await make(shards[0] ?? '', 'run7-a');
  await make(shards[1] ?? '', 'run7-b');
  await make(shards[1] ?? '', 'run7-a');
  await logged(['run7-a', 'ok', 201], ['run7-b', 'ok', 201], ['run7-c', 'ok', 201]);
  const [url = '', other = ''] = shards;
  const { writes: found } = await check({ url, more: { 'database-2': other } });
  expect(found).toMatchObject({
    acknowledged: 3,
    lost: 1,
    duplicated: 1,
    unexpected: 0,
    examples: { lost: ['run7-c'], duplicated: ['run7-a'] },
  });
});

test('a log without a line says that nothing was looked for', async () => {
  const { counters, writes: found } = await check({ writes_log: join(folder, 'none.tsv') });
  expect(found).toMatchObject({ acknowledged: 0, unread: 0 });
  expect(counters).toMatchObject({ 'writes.acknowledged': 0 });
});

test.each(['run7-1\tcheckout\tok\t201\t1\n', 'run7-1\tcheckout\tfine\t201\t1\t2\n', '\tcheckout\tok\t201\t1\t2\n'])(
  'a line that is none is named: %j',
  async (line) => {
    await writeFile(log, line);
    await expect(check()).rejects.toThrow('line 1 of the log of writes is none');
  },
);

interface Given {
  readonly url?: string;
  readonly more?: Readonly<Record<string, string>>;
  readonly writes_log?: string;
}

/** Whatever cannot be read is not waited for. */
function check({ url = database.url, more = {}, writes_log = log }: Given = {}): Promise<Findings> {
  return writes.run(siteWith({ databases: { database: url, ...more }, writes_log }), AbortSignal.abort());
}

async function logged(...lines: readonly (readonly [id: string, outcome: string, status: number])[]): Promise<void> {
  const now = Date.now();
  const text = lines.map(([id, outcome, status]) => [id, 'checkout', outcome, status, now - 0.5, now].join('\t'));
  await writeFile(log, `${text.join('\n')}\n`);
}

async function order(...keys: readonly (string | { readonly user: number })[]): Promise<void> {
  const user = keys.find((key) => typeof key === 'object')?.user ?? 1;
  for (const key of keys.filter((each) => typeof each === 'string')) {
    await query(
      database.url,
      `INSERT INTO orders (user_id, total_cents, shipping_address, idempotency_key) VALUES ($1, 1, 'Main Street', $2)`,
      [user, key],
    );
  }
}
