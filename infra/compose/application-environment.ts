import type { Tier, Topology } from '../../model/topology/topology.ts';
import { bcryptCost, queueOf } from '../local/tiers/application.ts';
import { policies } from '../local/tiers/express.ts';
import { concurrency, workOf } from '../local/tiers/worker.ts';
import { poolMax } from '../local/tiers/postgres-conf.ts';
import { oneOf, yesOrNo } from '../local/settings.ts';
import { PORTS } from './container.ts';
import { databaseUrls } from './databases.ts';
import { instancesOf, relationsOf, serviceOf } from './relations.ts';
import { CDN_PORT, reference, SECRETS } from './variables.ts';

/** Folder of the object store that holds the images. */
export const BUCKET = 'images';
export const OBJECT_STORE_USER = 'shop';

/** What every program of the application is told about where it runs; which one it is comes beside. */
export function placeEnvironment(id: string): Record<string, string> {
  return {
    NODE_ENV: 'production',
    HOST: '0.0.0.0',
    PORT: String(PORTS.application),
    LOG_LEVEL: 'warn',
    INSTANCE_ID: id,
  };
}

/** What an instance of the application is told. */
export function expressEnvironment(tier: Tier, topology: Topology): Record<string, string> {
  const service = serviceOf(tier);
  return {
    ...sharedEnvironment(tier, topology),
    ...policies(tier),
    ...storeEnvironment(topology),
    ...(service === undefined ? {} : { SERVICE: service }),
    DB_POOL_MAX: String(poolMax(tier)),
    RATE_LIMITS: rateLimits(tier),
  };
}

/** What a worker is told. */
export function workerEnvironment(tier: Tier, topology: Topology): Record<string, string> {
  return {
    ...sharedEnvironment(tier, topology),
    WORKER: workOf(tier),
    WORKER_CONCURRENCY: String(concurrency(tier)),
    DB_POOL_MAX: String(poolMax(tier)),
  };
}

/** What the stand-in for third parties is told: where to tell the shop of payments. */
export function thirdPartyEnvironment(tier: Tier, { entry }: Topology): Record<string, string> {
  return {
    WEBHOOK_URL: `http://${entry}-1:${PORTS.nginx}/api/v1/webhooks/payment`,
    WEBHOOK_SECRET: reference(SECRETS.webhook),
    RATE_LIMITS: rateLimits(tier),
  };
}

/** Everything comes from one address here, which limits for many clients would turn away. */
function rateLimits(tier: Tier): string {
  return yesOrNo(tier, 'rate_limits', false) ? 'on' : 'off';
}

function sharedEnvironment(tier: Tier, topology: Topology): Record<string, string> {
  const { cache, queue, broker, third_parties } = relationsOf(tier, topology);
  const carrier = queueOf(tier, topology);
  const password = reference(SECRETS.redis);
  const redis = (called: Tier): string => urls(called, (host) => `redis://:${password}@${host}:${PORTS.redis}`);
  const amqp = (host: string): string => `amqp://shop:${reference(SECRETS.rabbitmq)}@${host}:${PORTS.rabbitmq}`;
  return {
    JWT_SECRET: reference(SECRETS.jwt),
    WEBHOOK_SECRET: reference(SECRETS.webhook),
    BCRYPT_COST: String(bcryptCost(tier)),
    ...databaseEnvironment(tier, topology),
    ...(cache && { REDIS_URL: redis(cache) }),
    ...(queue && { QUEUE_REDIS_URL: redis(queue) }),
    ...(broker && { AMQP_URLS: urls(broker, amqp) }),
    ...(carrier !== undefined && { QUEUE: carrier }),
    ...(third_parties && { THIRD_PARTY_URL: `http://${third_parties.id}-1:${PORTS.application}` }),
    ...serviceEnvironment(tier, topology),
  };
}

function databaseEnvironment(tier: Tier, topology: Topology): Record<string, string> {
  const { database, reads_replicas } = relationsOf(tier, topology);
  if (database === undefined) return {};
  return {
    DATABASE_URL: databaseUrls(database, topology, 'write'),
    ...(reads_replicas && { DATABASE_READ_URL: databaseUrls(database, topology, 'read') }),
    ...(database.settings['sharding'] !== undefined && {
      SHARDING: oneOf(database, 'sharding', 'consistent-hash', ['consistent-hash', 'modulo']),
    }),
  };
}

/** Where the services are that a tier calls, and what they sign in with at each other's. */
function serviceEnvironment(tier: Tier, topology: Topology): Record<string, string> {
  if (!topology.tiers.some((other) => serviceOf(other) !== undefined)) return {};
  const { services } = relationsOf(tier, topology);
  const addresses = services.map((called): [string, string] => [
    `${serviceOf(called)?.toUpperCase()}_SERVICE_URL`,
    urls(called, (host) => `http://${host}:${PORTS.application}`),
  ]);
  return { SERVICE_SECRET: reference(SECRETS.service), ...Object.fromEntries(addresses) };
}

/** Where images are put, and where clients get them: from the CDN, whose address outside of the project this is. */
function storeEnvironment({ tiers }: Topology): Record<string, string> {
  const store = tiers.find(({ kind }) => kind === 'object-store');
  if (store === undefined) return {};
  const edge = tiers.find(({ kind, calls }) => kind === 'cdn' && calls.includes(store.id));
  const access = `${OBJECT_STORE_USER}:${reference(SECRETS.object_store)}`;
  return {
    OBJECT_STORE_URL: `http://${access}@${store.id}-1:${PORTS.nginx}/${BUCKET}`,
    OBJECT_STORE_KIND: 'webdav',
    ...(edge && { IMAGES_URL: `http://127.0.0.1:${reference(CDN_PORT)}` }),
  };
}

function urls(called: Tier, url: (host: string) => string): string {
  return instancesOf(called).map(url).join(',');
}
