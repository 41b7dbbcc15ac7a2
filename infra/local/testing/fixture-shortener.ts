/**
 * A stand-in for the URL shortener with its contract: one database a shard, codes spread over them, and the routes of the
 * final check. Codes are numbers, shards their remainders; one shard away costs the codes of that shard alone.
 */
import { createHash, randomInt } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { Pool } from 'pg';
import { z } from 'zod';

const CODES = 1_000_000_000;
const urls = z.string().transform((text) => text.split(','));
const env = z
  .object({
    HOST: z.string(),
    PORT: z.coerce.number(),
    DATABASE_URL: urls,
    DATABASE_READ_URL: urls.optional(),
    SHARDING: z.enum(['consistent-hash', 'modulo']).default('consistent-hash'),
    DB_POOL_MAX: z.coerce.number(),
  })
  .parse(process.env);

const poolsOf = (each: readonly string[]): Pool[] =>
  each.map((connectionString) => {
    const pool = new Pool({ connectionString, max: env.DB_POOL_MAX, connectionTimeoutMillis: 1_000 });
    pool.on('error', () => undefined);
    return pool;
  });
const masters = poolsOf(env.DATABASE_URL);
const replicas = env.DATABASE_READ_URL === undefined ? masters : poolsOf(env.DATABASE_READ_URL);

type Answer = readonly [status: number, body?: unknown, location?: string];

async function answer(request: IncomingMessage): Promise<Answer> {
  if (request.url === '/health') return [200, { status: 'ok' }];
  if (request.url === '/told')
    return [200, { sharding: env.SHARDING, write: env.DATABASE_URL, read: env.DATABASE_READ_URL }];
  if (request.method === 'POST') return await create(JSON.parse(await readAll(request)));
  const code = request.url?.slice(1) ?? '';
  const { rows } = await shardOf(code, replicas).query<{ url: string }>('select url from urls where code = $1', [code]);
  return rows[0] === undefined ? [404, {}] : [302, undefined, rows[0].url];
}

async function create(body: unknown): Promise<Answer> {
  const { url } = z.object({ url: z.url() }).parse(body);
  const code = String(randomInt(CODES));
  await shardOf(code, masters).query('insert into urls values ($1, $2)', [code, url]);
  return [201, { code }];
}

function shardOf(code: string, pools: readonly Pool[]): Pool {
  const pool = pools[createHash('sha1').update(code).digest().readUInt32BE() % pools.length];
  if (pool === undefined) throw new Error('there are no shards');
  return pool;
}

async function readAll(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

const server = createServer((request, response) => {
  answer(request).then(
    ([status, body, location]) =>
      response.writeHead(status, location === undefined ? {} : { location }).end(JSON.stringify(body)),
    (error: unknown) => response.writeHead(503).end(String(error)),
  );
});
server.listen(env.PORT, env.HOST);
process.once('SIGTERM', () => process.exit(0));
