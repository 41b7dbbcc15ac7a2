import { pino } from 'pino';
import type { Role } from '../auth/roles.ts';
import { ACCESS_TOKEN_S, signToken } from '../auth/tokens.ts';
import { loadShop } from '../seed/load.ts';
import { createService, type Service } from '../service.ts';
import type { Settings } from '../settings.ts';
import { freePort } from './ports.ts';
import { startPostgres, startRedis, type TestServer } from './servers.ts';

export const TEST_SECRET = 'a secret that only tests use, 32 or more';
export const TEST_WEBHOOK_SECRET = 'a secret of the payment provider';
/** The least bcrypt allows: its cost is not what these tests are about. */
export const TEST_BCRYPT_COST = 4;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; undefined when there is none. */
  readonly json: unknown;
}

export interface Ask {
  readonly as?: number;
  /** The role in the token; a customer's unless told otherwise. */
  readonly role?: Role;
  readonly body?: unknown;
  readonly rawBody?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Record<string, string>;
}

/** A shop with real servers behind it, for one test file. */
export interface TestShop {
  readonly database: TestServer;
  readonly redis: TestServer | undefined;
  readonly service: Service;
  readonly base: string;
  /** Sends one request to the API; `as` logs a seeded user in. Paths are relative to /api/v1. */
  ask(method: string, path: string, how?: Ask): Promise<Answer>;
  stop(): Promise<void>;
}

export interface ShopPlan {
  readonly cache: boolean;
  readonly products?: number;
  readonly users?: number;
  /** What the instance is told beyond where its servers are. */
  readonly settings?: Partial<Settings>;
}

/** Starts PostgreSQL, Redis if wanted, seeds a small shop and serves it. What was started is stopped again on failure. */
export async function startShop({ cache, products = 200, users = 60, settings = {} }: ShopPlan): Promise<TestShop> {
  const [database, redis] = await Promise.all([startPostgres(), cache ? startRedis() : undefined]);
  try {
    await loadShop(database.url, { seed: 7, products, users, bcryptCost: TEST_BCRYPT_COST });
    const redisUrls = redis === undefined ? [] : [redis.url];
    const service = await serve({ databaseUrl: database.url, redisUrls, ...settings });
    const base = baseUrl(service);
    const stop = async () => {
      await service.stop();
      await Promise.all([database.stop(), redis?.stop()]);
    };
    return {
      database,
      redis,
      service,
      base,
      ask: (method, path, how = {}) => ask(`${base}/api/v1${path}`, method, how),
      stop,
    };
  } catch (error) {
    await Promise.all([database.stop(), redis?.stop()]);
    throw error;
  }
}

/** One more instance on a free port. */
export async function serve(over: Partial<Settings> & { databaseUrl: string }): Promise<Service> {
  const settings: Settings = {
    service: 'shop',
    peers: {},
    serviceSecret: undefined,
    host: '127.0.0.1',
    port: await freePort(),
    jwtSecret: TEST_SECRET,
    bcryptCost: TEST_BCRYPT_COST,
    databasePoolMax: 10,
    databaseReadUrl: undefined,
    readYourWrites: 'primary-within-window',
    readYourWritesWindow_ms: 5_000,
    redisUrls: [],
    stampede: 'lock',
    queue: 'none',
    inFlightMax: 4_000,
    rateLimits: false,
    corsOrigins: [],
    warming: false,
    viewCounts: false,
    amqpUrls: [],
    queueRedisUrls: [],
    thirdPartyUrl: undefined,
    webhookSecret: TEST_WEBHOOK_SECRET,
    objectStore: undefined,
    imagesUrl: undefined,
    logLevel: 'silent',
    instanceId: 'test',
    ...over,
  };
  const service = await createService(settings, pino({ level: 'silent' }), false);
  await service.listen();
  return service;
}

export function baseUrl(service: Service): string {
  const address = service.server.address();
  if (address === null || typeof address === 'string') throw new Error('the service does not listen');
  return `http://127.0.0.1:${address.port}`;
}

export async function ask(
  url: string,
  method: string,
  { as, role, body, rawBody, headers = {} }: Ask,
): Promise<Answer> {
  const sent: Record<string, string> = { ...headers };
  if (as !== undefined) sent['authorization'] = `Bearer ${signToken(as, TEST_SECRET, ACCESS_TOKEN_S, role)}`;
  const content = rawBody ?? (body === undefined ? undefined : JSON.stringify(body));
  if (content !== undefined) sent['content-type'] ??= 'application/json';
  const withBody = content === undefined ? {} : { body: content };
  const answer = await fetch(url, { method, headers: sent, redirect: 'manual', ...withBody });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.startsWith('application/json') ?? false;
  const json: unknown = isJson ? JSON.parse(text) : undefined;
  return { status: answer.status, headers: answer.headers, text, json };
}
