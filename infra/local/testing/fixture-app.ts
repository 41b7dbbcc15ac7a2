/**
 * A stand-in for the application with its contract: environment, health, metrics, and the routes of the final check.
 * It lets the provisioning be tested without the real one. Data live in the database, and the cart is copied to Redis
 * where there is one. As one service it answers all the rest with which one it is.
 */
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { Cluster, Redis } from 'ioredis';
import { Pool } from 'pg';
import { z } from 'zod';

const env = z
  .object({
    HOST: z.string(),
    PORT: z.coerce.number(),
    DATABASE_URL: z.string(),
    REDIS_URL: z.string().optional(),
    INSTANCE_ID: z.string(),
    DB_POOL_MAX: z.coerce.number(),
    JWT_SECRET: z.string().min(32),
    BCRYPT_COST: z.coerce.number(),
    SERVICE: z.string().optional(),
  })
  .parse(process.env);

const pool = new Pool({ connectionString: env.DATABASE_URL, max: env.DB_POOL_MAX });
const redis = env.REDIS_URL === undefined ? null : cacheAt(env.REDIS_URL.split(','));
const bodyShape = z.object({
  email: z.string().optional(),
  password: z.string().optional(),
  quantity: z.number().optional(),
});

/** One Redis, or a cluster of which all nodes have the same password. */
function cacheAt(urls: readonly string[]): Redis | Cluster {
  const [url = ''] = urls;
  if (urls.length === 1) return new Redis(url);
  return new Cluster([...urls], { redisOptions: { password: new URL(url).password } });
}

type Answer = readonly [status: number, body?: unknown];

async function answer(request: IncomingMessage): Promise<Answer> {
  const route = `${request.method} ${request.url?.replace('/api/v1', '')}`;
  if (route === 'GET /environment') return [200, process.env];
  if (route === 'GET /health') return await health();
  if (route === 'GET /metrics') return [200, 'fixture_up 1\n'];
  const body = bodyShape.parse(JSON.parse((await readAll(request)) || '{}'));
  if (route === 'POST /auth/register') return await register(body.email);
  if (route === 'POST /auth/login') return [200, { token: 'fixture' }];
  if (route === 'PUT /cart/items/1') return await putIntoCart(body.quantity ?? 0);
  if (route === 'GET /cart') return await readCart();
  if (route === 'DELETE /cart/items/1') return await putIntoCart(0, 204);
  if (route === 'GET /whoami') return [200, { instance: env.INSTANCE_ID }];
  return env.SERVICE === undefined ? [404, {}] : [200, { service: env.SERVICE, url: request.url }];
}

async function health(): Promise<Answer> {
  await pool.query('select 1');
  await redis?.ping();
  return [200, { status: 'ok' }];
}

async function register(email = ''): Promise<Answer> {
  const { rowCount } = await pool.query('insert into users (email) values ($1) on conflict do nothing', [email]);
  return [rowCount === 1 ? 201 : 409, {}];
}

async function putIntoCart(quantity: number, status = 200): Promise<Answer> {
  await pool.query('update cart set quantity = $1', [quantity]);
  await redis?.set('cart', quantity);
  return status === 204 ? [status] : [status, {}];
}

async function readCart(): Promise<Answer> {
  const cached = await redis?.get('cart');
  const stored = await pool.query<{ quantity: number }>('select quantity from cart');
  return [200, { items: [{ productId: 1, quantity: Number(cached ?? stored.rows[0]?.quantity) }] }];
}

async function readAll(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

const server = createServer((request, response) => {
  answer(request).then(
    ([status, body]) => response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body)),
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
});
server.listen(env.PORT, env.HOST);
process.once('SIGTERM', () => {
  server.close(() => process.exit(0));
  server.closeAllConnections();
});
