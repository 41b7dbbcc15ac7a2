import { z } from 'zod';
import { STAMPEDE_POLICIES, type StampedePolicy } from './cache/stampede.ts';
import { WORKERS, type Worker } from './effects/event.ts';
import { publicUrl, STORE_KINDS, type StoreKind } from './images/object-store.ts';
import type { Peer, PeerUrls } from './internal/peers.ts';
import { SERVICES, type ServiceName } from './schema/parts.ts';
import { READ_YOUR_WRITES, type ReadYourWrites } from './database/read-your-writes.ts';

/** Everything the service can be told, from the environment. Absent REDIS_URL means architecture step 1: no cache. */
export interface Settings {
  /** Which part of the shop this process is. */
  readonly service: ServiceName;
  /** The other services that it calls. */
  readonly peers: PeerUrls;
  /** What services sign in with at each other; present where there are any. */
  readonly serviceSecret: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly databaseUrl: string;
  /** Where reads may go; absent when there is one database for all. */
  readonly databaseReadUrl: string | undefined;
  readonly readYourWrites: ReadYourWrites;
  readonly readYourWritesWindow_ms: number;
  /** None, one, or nodes of a cluster. */
  readonly redisUrls: readonly string[];
  readonly stampede: StampedePolicy;
  /** Where events go: 'none' lets effects happen within the request. */
  readonly queue: 'rabbitmq' | 'bullmq' | 'none';
  readonly amqpUrls: readonly string[];
  /** Where BullMQ keeps its jobs: one Redis or nodes of a cluster, which must not evict. */
  readonly queueRedisUrls: readonly string[];
  /** Absent: payment, email, shipping and accounting agree to everything at once. */
  readonly thirdPartyUrl: string | undefined;
  readonly webhookSecret: string | undefined;
  /** Where uploaded images are kept; absent: none are taken. */
  readonly objectStore: { readonly url: string; readonly kind: StoreKind } | undefined;
  /** Where images are delivered: the CDN, or else the store itself. */
  readonly imagesUrl: string | undefined;
  /** More requests at a time than this are turned away. */
  readonly inFlightMax: number;
  /** Whether calls are counted and limited (rate-limits/limits.ts). */
  readonly rateLimits: boolean;
  /** Origins whose pages may call the API. */
  readonly corsOrigins: readonly string[];
  /** Whether the most popular pages are loaded into the cache at the start. */
  readonly warming: boolean;
  /** Whether views of products are counted. */
  readonly viewCounts: boolean;
  readonly jwtSecret: string;
  readonly bcryptCost: number;
  readonly databasePoolMax: number;
  readonly logLevel: string;
  readonly instanceId: string;
}

/** What a worker can be told. */
export type WorkerSettings = Omit<
  Settings,
  | 'service'
  | 'databaseReadUrl'
  | 'readYourWrites'
  | 'readYourWritesWindow_ms'
  | 'jwtSecret'
  | 'webhookSecret'
  | 'objectStore'
  | 'imagesUrl'
  | 'bcryptCost'
  | 'inFlightMax'
  | 'rateLimits'
  | 'corsOrigins'
  | 'warming'
  | 'viewCounts'
> & { readonly worker: Worker; readonly concurrency: number };

/** Settings that cannot be used: every problem at once, one line each. */
export class SettingsError extends Error {
  override name = 'SettingsError';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

const url = (protocol: RegExp, example: string) =>
  z.url({ protocol, error: `must be a URL like ${example}` }).refine((text) => !text.includes('\0'));
const integer = (from: number, to: number) => z.coerce.number<string>().int().min(from).max(to);

/** The pieces other entry points (the seed) share with the service. */
export const DATABASE_URL = url(/^postgres(ql)?$/, 'postgres://user@127.0.0.1:5432/shop');
/** None, one, or several separated by commas. */
export const urls = (protocol: RegExp, example: string) =>
  z
    .string()
    .default('')
    .transform((text) => text.split(',').filter((part) => part !== ''))
    .pipe(z.array(url(protocol, example)));
/** One Redis, or nodes of one cluster. */
export const REDIS_URL = urls(/^rediss?$/, 'redis://127.0.0.1:6379');
/** As browsers send them (RFC 6454, 6.2): anything else would never match. */
const origins = urls(/^https?$/, 'https://shop.example').refine(
  (all) => all.every((each) => !URL.canParse(each) || new URL(each).origin === each),
  'must be origins, such as https://shop.example: without a path or a slash at the end',
);
/** RFC 7518, 3.2: a key for HS256 has at least as many bits as the hash, 32 bytes. */
export const JWT_SECRET = z.string('is required').min(32, 'must have at least 32 characters');
/** Below 4 bcrypt refuses; above 14 one login takes a second or more. */
export const BCRYPT_COST = integer(4, 14).default(10);

/** A bucket with the key to write to it. */
export const OBJECT_STORE_URL = url(/^https?$/, 'http://ACCESS:SECRET@127.0.0.1:9000/images')
  .refine(hasKeyAndBucket, 'must have a user, a password and a bucket: http://ACCESS:SECRET@127.0.0.1:9000/images')
  .optional();
export const OBJECT_STORE_KIND = z.enum(STORE_KINDS).default('s3');

function hasKeyAndBucket(text: string): boolean {
  const { username, password, pathname } = URL.parse(text) ?? {};
  return Boolean(username) && Boolean(password) && pathname !== '/';
}

const PEER_URLS = urls(/^https?$/, 'http://127.0.0.1:4001');
/** Where other services are. */
const PEERS = {
  PRODUCT_SERVICE_URL: PEER_URLS,
  ORDER_SERVICE_URL: PEER_URLS,
  PAYMENT_SERVICE_URL: PEER_URLS,
  USER_SERVICE_URL: PEER_URLS,
  INVENTORY_SERVICE_URL: PEER_URLS,
  RECOMMENDATION_SERVICE_URL: PEER_URLS,
};
/** Which services another cannot do without. */
const NEEDED: Readonly<Partial<Record<ServiceName, readonly Peer[]>>> = { order: ['product', 'inventory', 'payment'] };

/** What every program has that reaches the database, the queue and the third parties. */
const SHARED = {
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: integer(1, 65_535),
  DATABASE_URL,
  REDIS_URL,
  STAMPEDE: z.enum(STAMPEDE_POLICIES).default('lock'),
  AMQP_URLS: urls(/^amqps?$/, 'amqp://user:password@127.0.0.1:5672'),
  QUEUE: z.enum(['rabbitmq', 'bullmq', 'none']).optional(),
  QUEUE_REDIS_URL: REDIS_URL,
  THIRD_PARTY_URL: url(/^https?$/, 'http://127.0.0.1:4000').optional(),
  ...PEERS,
  SERVICE_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  DB_POOL_MAX: integer(1, 500).default(10),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('warn'),
  INSTANCE_ID: z
    .string()
    .regex(/^[\w.-]{1,64}$/, 'must be 1 to 64 of A-Z a-z 0-9 _ . -')
    .default('app'),
};

/** What an instance of the shop is told. */
export const environment = z.object({
  ...SHARED,
  SERVICE: z.enum(SERVICES).default('shop'),
  DATABASE_READ_URL: DATABASE_URL.optional(),
  READ_YOUR_WRITES: z.enum(READ_YOUR_WRITES).default('primary-within-window'),
  READ_YOUR_WRITES_WINDOW_MS: integer(100, 600_000).default(5_000),
  JWT_SECRET,
  WEBHOOK_SECRET: z.string().min(16, 'must have at least 16 characters').optional(),
  BCRYPT_COST,
  OBJECT_STORE_URL,
  OBJECT_STORE_KIND,
  IMAGES_URL: url(/^https?$/, 'https://images.example.com').optional(),
  IN_FLIGHT_MAX: integer(1, 1_000_000).default(4_000),
  RATE_LIMITS: z.enum(['on', 'off']).default('on'),
  CORS_ORIGINS: origins,
  CACHE_WARMING: z.enum(['on', 'off']).default('off'),
  VIEW_COUNTS: z.enum(['on', 'off']).default('off'),
});

const workerEnvironment = z.object({
  ...SHARED,
  WORKER: z.enum(WORKERS),
  WORKER_CONCURRENCY: integer(1, 1_000).default(20),
});

/** Reads the service's settings. An empty variable counts as absent. Throws a `SettingsError` naming all problems. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const read = readEnvironment(environment, env);
  const storeUrl = read.OBJECT_STORE_URL;
  return {
    ...shared(read, read.SERVICE),
    service: read.SERVICE,
    databaseReadUrl: read.DATABASE_READ_URL,
    readYourWrites: read.READ_YOUR_WRITES,
    readYourWritesWindow_ms: read.READ_YOUR_WRITES_WINDOW_MS,
    jwtSecret: read.JWT_SECRET,
    webhookSecret: read.WEBHOOK_SECRET,
    objectStore: storeUrl === undefined ? undefined : { url: storeUrl, kind: read.OBJECT_STORE_KIND },
    imagesUrl: read.IMAGES_URL?.replace(/\/+$/, '') ?? (storeUrl === undefined ? undefined : publicUrl(storeUrl)),
    inFlightMax: read.IN_FLIGHT_MAX,
    rateLimits: read.RATE_LIMITS === 'on',
    corsOrigins: read.CORS_ORIGINS,
    warming: read.CACHE_WARMING === 'on',
    viewCounts: read.VIEW_COUNTS === 'on',
    bcryptCost: read.BCRYPT_COST,
  };
}

/** Reads a worker's settings, in the same way. */
export function readWorkerSettings(env: Readonly<Record<string, string | undefined>>): WorkerSettings {
  const read = readEnvironment(workerEnvironment, env);
  const settings = { ...shared(read), worker: read.WORKER, concurrency: read.WORKER_CONCURRENCY };
  if (settings.queue === 'none') throw new SettingsError(['AMQP_URLS: a worker needs a queue']);
  return settings;
}

function shared(read: z.output<z.ZodObject<typeof SHARED>>, service: ServiceName = 'shop') {
  const peers = peersOf(read);
  const secret = read.SERVICE_SECRET;
  const problems = (NEEDED[service] ?? [])
    .filter((peer) => peers[peer] === undefined)
    .map((peer) => `${peer.toUpperCase()}_SERVICE_URL: is required`);
  const among = service !== 'shop' || Object.keys(peers).length > 0;
  if (among && secret === undefined) problems.push('SERVICE_SECRET: is required');
  if (problems.length > 0) throw new SettingsError(problems);
  // A queue is what AMQP_URLS gives, unless QUEUE says otherwise.
  const queue = read.QUEUE ?? (read.AMQP_URLS.length > 0 ? 'rabbitmq' : 'none');
  if (queue === 'rabbitmq' && read.AMQP_URLS.length === 0) throw new SettingsError(['AMQP_URLS: is required']);
  const queueRedisUrls = read.QUEUE_REDIS_URL.length > 0 ? read.QUEUE_REDIS_URL : read.REDIS_URL;
  if (queue === 'bullmq' && queueRedisUrls.length === 0)
    throw new SettingsError(['QUEUE_REDIS_URL: is required, or REDIS_URL']);
  return {
    peers,
    serviceSecret: secret,
    host: read.HOST,
    port: read.PORT,
    databaseUrl: read.DATABASE_URL,
    redisUrls: read.REDIS_URL,
    stampede: read.STAMPEDE,
    queue,
    amqpUrls: read.AMQP_URLS,
    queueRedisUrls,
    thirdPartyUrl: read.THIRD_PARTY_URL,
    databasePoolMax: read.DB_POOL_MAX,
    logLevel: read.LOG_LEVEL,
    instanceId: read.INSTANCE_ID,
  };
}

function peersOf(read: z.output<z.ZodObject<typeof PEERS>>): PeerUrls {
  const given = {
    product: read.PRODUCT_SERVICE_URL,
    order: read.ORDER_SERVICE_URL,
    payment: read.PAYMENT_SERVICE_URL,
    user: read.USER_SERVICE_URL,
    inventory: read.INVENTORY_SERVICE_URL,
    recommendation: read.RECOMMENDATION_SERVICE_URL,
  } satisfies Record<Peer, readonly string[]>;
  return Object.fromEntries(Object.entries(given).filter(([, instances]) => instances.length > 0));
}

/** Reads the variables that a schema names. Throws a `SettingsError` naming all problems; values are never repeated in it. */
export function readEnvironment<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  env: Readonly<Record<string, string | undefined>>,
): z.output<z.ZodObject<Shape>> {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const read = schema.safeParse(present);
  if (read.success) return read.data;
  throw new SettingsError(
    read.error.issues.map((issue) => `${issue.path.join('.')}: ${describe(issue, present[String(issue.path[0])])}`),
  );
}

function describe(issue: z.core.$ZodIssue, given: unknown): string {
  return given === undefined ? 'is required' : issue.message;
}
