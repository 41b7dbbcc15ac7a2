import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TokenVerifier } from './auth/tokens.ts';
import { query, startPostgres, type TestServer } from './testing/servers.ts';
import { TEST_SECRET } from './testing/shop.ts';

const PROGRAM = fileURLToPath(new URL('./seed.ts', import.meta.url));
const TABLES = ['users', 'products', 'orders', 'order_items', 'payments'];

let database: TestServer;
let feeds: string;
beforeAll(async () => {
  database = await startPostgres();
  feeds = await mkdtemp(join(tmpdir(), 'shop-feeds-'));
});
afterAll(async () => {
  await database.stop();
  await rm(feeds, { recursive: true, force: true });
});

async function seed(more: readonly string[] = [], over: Record<string, string> = {}): Promise<string> {
  const args = [PROGRAM, '--products', '500', '--users', '20', '--feeds', feeds, ...more];
  const env = { DATABASE_URL: database.url, JWT_SECRET: TEST_SECRET, BCRYPT_COST: '4', ...over };
  return (await promisify(execFile)(process.execPath, args, { env })).stderr;
}

/** What the tables hold, but for times of loading (`seed_info`). */
async function contents(): Promise<string[]> {
  const rows = TABLES.map((table) =>
    query<{ sum: string }>(
      database.url,
      `SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) AS sum FROM ${table} t`,
    ),
  );
  return (await Promise.all(rows)).map(([row]) => row?.sum ?? '');
}

async function feed(name: string): Promise<string[][]> {
  const text = await readFile(join(feeds, name), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
}

test('the same seed loads the same bytes, and is skipped when they are there', async () => {
  expect(await seed()).toContain('loaded 500 products');
  const first = await contents();
  const queries = await feed('queries.tsv');
  expect(await seed()).toContain('skipped');
  expect(await seed(['--seed', '43'])).toContain('loaded');
  expect(await contents()).not.toEqual(first);
  expect(await seed()).toContain('loaded');
  expect(await contents()).toEqual(first);
  expect(await feed('queries.tsv')).toEqual(queries);
});

test('new rows get ids above the seeded ones', async () => {
  await seed();
  const [row] = await query<{ id: string }>(
    database.url,
    "INSERT INTO users (email, password_hash) VALUES ('new@shop.test', 'x') RETURNING user_id AS id",
  );
  expect(row?.id).toBe('21');
});

test('the feeds have a header, are private, and are in order of popularity', async () => {
  await seed();
  const [products, queries, users] = await Promise.all(['products.tsv', 'queries.tsv', 'users.tsv'].map(feed));
  expect(products?.slice(0, 3)).toEqual([['id'], ['1'], ['2']]);
  expect(products).toHaveLength(501);
  expect(queries?.[0]).toEqual(['text']);
  expect(new Set(queries?.flat()).size).toBe(1_501);
  expect(users?.[0]).toEqual(['id', 'email', 'password', 'token']);
  expect(users).toHaveLength(21);
  const verifier = new TokenVerifier(TEST_SECRET);
  expect(users?.slice(1).map((cells) => verifier.verify(`Bearer ${cells[3]}`))).toEqual(
    users?.slice(1).map((cells) => Number(cells[0])),
  );
  expect((await stat(join(feeds, 'users.tsv'))).mode & 0o777).toBe(0o600);
});

test.for([
  ['user', ['users.tsv'], ['audit_log', 'revoked_logins', 'seed_info', 'spent_refresh_tokens', 'users']],
  [
    'product',
    ['categories.tsv', 'products.tsv', 'queries.tsv'],
    ['audit_log', 'product_images', 'product_views', 'products', 'reviews', 'seed_info'],
  ],
  ['recommendation', [], ['purchases', 'seed_info']],
  ['inventory', ['stock.tsv'], ['audit_log', 'picks', 'reservation_items', 'reservations', 'seed_info', 'stock']],
] as const)(
  'of the %s service it loads its own tables, and writes what feeds it can',
  async ([service, files, tables]) => {
    await query(database.url, `CREATE DATABASE ${service}_alone`);
    const url = database.url.replace(/shop$/, `${service}_alone`);
    const folder = await mkdtemp(join(tmpdir(), 'shop-feeds-'));
    try {
      await seed(['--feeds', folder], { SERVICE: service, DATABASE_URL: url });
      expect((await readdir(folder)).toSorted()).toEqual(files);
      const rows = await query<{ name: string }>(
        url,
        "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'",
      );
      expect(rows.map(({ name }) => name).toSorted()).toEqual(tables);
      expect(await seed(['--feeds', folder], { SERVICE: service, DATABASE_URL: url })).toContain('skipped');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
);

test('most queries find something', async () => {
  await seed(['--products', '5000']);
  const texts = (await feed('queries.tsv')).slice(1, 301).map(([text]) => text);
  const [row] = await query<{ found: string }>(
    database.url,
    `SELECT count(*) AS found FROM unnest($1::text[]) AS q (text)
      WHERE EXISTS (SELECT FROM products WHERE search @@ websearch_to_tsquery('english', q.text))`,
    [texts],
  );
  expect(Number(row?.found)).toBeGreaterThan(200);
});

test('a database with products of somebody else is left alone', async () => {
  await query(database.url, 'DROP TABLE IF EXISTS seed_info');
  await expect(seed()).rejects.toMatchObject({ code: 3, stderr: expect.stringContaining('not a seeded one') });
});

test('wrong usage tells everything at once and exits with 2', async () => {
  const failed = seed(['--products', 'many', '--seed=-1']);
  await expect(failed).rejects.toMatchObject({ code: 2, stderr: expect.stringMatching(/products: [^]*seed: /) });
  await expect(seed(['--nonsense'])).rejects.toMatchObject({ code: 2 });
  await expect(seed([], { JWT_SECRET: 'short' })).rejects.toMatchObject({ code: 2 });
});
