import type { Tier, Topology } from '../../model/topology/topology.ts';
import { bcryptCost, caches, queueOf } from '../local/tiers/application.ts';
import { policies } from '../local/tiers/express.ts';
import { concurrency, workOf } from '../local/tiers/worker.ts';
import { poolMax } from '../local/tiers/postgres-conf.ts';
import { serviceOf } from '../local/services.ts';
import type { Services } from '../local/services.ts';
import { yesOrNo } from '../local/settings.ts';
import { BUCKET, STORE_USER, storeTier } from '../local/tiers/object-store/object-store-access.ts';
import { shardingOf } from '../local/tiers/shards.ts';
import { PORTS } from './container.ts';
import { databaseUrls } from './databases.ts';
import { instancesOf, relationsOf } from './relations.ts';
import { CDN_PORT, reference, SECRETS } from './variables.ts';

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
export function expressEnvironment(
  tier: Tier,
  topology: Topology,
  services: Services | undefined,
): Record<string, string> {
  return {
    ...sharedEnvironment(tier, topology, services),
    ...policies(tier),
    ...storeEnvironment(topology),
    DB_POOL_MAX: String(poolMax(tier)),
  };
}

/** What a worker is told. */
export function workerEnvironment(
  tier: Tier,
  topology: Topology,
  services: Services | undefined,
): Record<string, string> {
  return {
    ...sharedEnvironment(tier, topology, services),
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
    RATE_LIMITS: yesOrNo(tier, 'rate_limits', true) ? 'on' : 'off',
  };
}

function sharedEnvironment(tier: Tier, topology: Topology, services: Services | undefined): Record<string, string> {
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
    ...(cache && caches(tier) && { REDIS_URL: redis(cache) }),
    ...(queue && { QUEUE_REDIS_URL: redis(queue) }),
    ...(broker && { AMQP_URLS: urls(broker, amqp) }),
    ...(carrier !== undefined && { QUEUE: carrier }),
    ...(third_parties && { THIRD_PARTY_URL: `http://${third_parties.id}-1:${PORTS.application}` }),
    ...serviceEnvironment(tier, topology, services),
  };
}

function databaseEnvironment(tier: Tier, topology: Topology): Record<string, string> {
  const { database, reads_replicas } = relationsOf(tier, topology);
  if (database === undefined) return {};
  const sharding = shardingOf(database);
  return {
    DATABASE_URL: databaseUrls(database, topology, 'write'),
    ...(reads_replicas && { DATABASE_READ_URL: databaseUrls(database, topology, 'read') }),
    ...(sharding !== undefined && { SHARDING: sharding }),
  };
}

/** Which service it is, where those are that it calls, and what they sign in with at each other. */
function serviceEnvironment(tier: Tier, { tiers }: Topology, services: Services | undefined): Record<string, string> {
  const own = serviceOf(tier, services);
  const present = tiers.flatMap((each) => {
    const service = serviceOf(each, services);
    return service === undefined ? [] : [{ service, tier: each }];
  });
  if (present.length === 0) return {};
  const addresses = present
    .filter((each) => tier.calls.includes(each.tier.id))
    .map((each): [string, string] => [
      `${each.service.toUpperCase()}_SERVICE_URL`,
      urls(each.tier, (host) => `http://${host}:${PORTS.application}`),
    ]);
  return {
    ...(own !== undefined && { SERVICE: own }),
    SERVICE_SECRET: reference(SECRETS.service),
    ...Object.fromEntries(addresses),
  };
}

/** Where images are put, and where clients get them: from the CDN, whose address outside of the project this is. */
function storeEnvironment(topology: Topology): Record<string, string> {
  const store = storeTier(topology);
  if (store === undefined) return {};
  const edge = topology.tiers.find(({ kind, calls }) => kind === 'cdn' && calls.includes(store.id));
  const access = `${STORE_USER}:${reference(SECRETS.object_store)}`;
  return {
    OBJECT_STORE_URL: `http://${access}@${store.id}-1:${PORTS.nginx}/${BUCKET}`,
    OBJECT_STORE_KIND: 'webdav',
    ...(edge && { IMAGES_URL: `http://127.0.0.1:${reference(CDN_PORT)}` }),
  };
}

function urls(called: Tier, url: (host: string) => string): string {
  return instancesOf(called).map(url).join(',');
}
