import { join } from 'node:path';
import type { Tier, Topology } from '../../../model/topology/topology.ts';
import { allEnded } from '../all-ended.ts';
import { own, readerAccount } from '../account.ts';
import type { Account } from '../account.ts';
import { entryOf } from '../applications.ts';
import type { ProgramName } from '../applications.ts';
import { databaseAccess, databaseUrl } from '../database-access.ts';
import { dependency, queueTier } from '../dependencies.ts';
import { launch } from '../launch.ts';
import { portsTo } from '../links/ports-to.ts';
import { startLinks } from '../links/start-links.ts';
import { processId } from '../port-plan.ts';
import { askHttp } from '../probes.ts';
import { untilReady } from '../readiness.ts';
import type { Secrets } from '../secrets.ts';
import { oneOf, wholeNumber, yesOrNo } from '../settings.ts';
import { amqpUrl, environmentOf, portAt, portOf, redisUrl } from '../site.ts';
import type { Site } from '../site.ts';
import { databasePorts } from './database-ports.ts';
import { imagesEnvironment } from './object-store/object-store-access.ts';
import { replicatedBy } from './replication/replication-plan.ts';
import { servicesEnvironment } from './services-environment.ts';
import { shardingOf } from './shards.ts';

const BCRYPT_COST = 10;
/** Half a second on an idle machine; this is for one that is busy with something else. */
const READY_MS = 30_000;

/** How a tier runs one of the application's programs. */
export interface Running {
  /** In the manifest. */
  readonly role: string;
  /** Options of Node itself. */
  readonly options: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Starts as many processes of a program as the tier has instances. Each is told where it listens and what it is called, and
 * is ready when its health answers.
 */
export async function startProgram(tier: Tier, name: ProgramName, running: Running, site: Site): Promise<void> {
  await startLinks(tier, site);
  const instances = Array.from({ length: tier.instances }, (_, index) => index + 1);
  const entry = entryOf(site.application, name, tier);
  const start = (instance: number): Promise<void> => startInstance({ tier, instance, entry, running }, site);
  await allEnded(instances.map((instance) => site.inTurn(() => start(instance))));
}

interface Instance {
  readonly tier: Tier;
  readonly instance: number;
  readonly entry: string;
  readonly running: Running;
}

async function startInstance({ tier, instance, entry, running }: Instance, site: Site): Promise<void> {
  const id = processId(tier.id, instance, site.colour);
  const port = portAt(site, id);
  const url = `http://127.0.0.1:${port}`;
  const folder = join(site.paths.run, id);
  const account = applicationAccount(site);
  own(folder, account);
  const launched = await launch(
    {
      id,
      tier: tier.id,
      role: running.role,
      port,
      account,
      cwd: folder,
      executable: process.execPath,
      args: [...running.options, entry],
      env: {
        ...environmentOf(site, folder),
        ...running.env,
        HOST: '127.0.0.1',
        PORT: String(port),
        LOG_LEVEL: 'warn',
        INSTANCE_ID: id,
      },
      log: join(site.paths.logs, `${id}.log`),
      metrics_url: `${url}/metrics`,
      stop: [{ signal: 'SIGTERM', wait_ms: 3_000 }],
    },
    site.book,
    site.signal,
  );
  await untilReady(launched, () => askHttp(`${url}/health`), READY_MS, site.signal);
}

/**
 * Who runs the application's programs: `nobody` when started as root, provided that account can read the source tree
 * and Node itself (a checkout below /root cannot be); else whoever starts the stack.
 */
export function applicationAccount(site: Site): Account {
  const { app, seed } = site.application;
  return readerAccount([process.execPath, app, seed]);
}

/** Work factor of password hashes, the same for the seeder and for the application. */
export function bcryptCost(tier: Tier): number {
  return wholeNumber(tier, 'bcrypt_cost', BCRYPT_COST, 4, 16);
}

/** Whether it knows of the cache that it calls; without, every read is one of the database, as in a step that has no cache. */
export function caches(tier: Tier): boolean {
  return yesOrNo(tier, 'caching', true);
}

/** What the service, its workers and its seeder are told: where everything is that theirs depends on, and the keys. */
export function applicationEnvironment(tier: Tier, site: Site): Record<string, string> {
  const { secrets, topology } = site;
  const cache = caches(tier) ? dependency(tier, topology, 'redis') : undefined;
  const broker = dependency(tier, topology, 'rabbitmq');
  const jobs = queueTier(tier, topology);
  const parties = thirdParties(tier, topology);
  const queue = queueOf(tier, topology);
  return {
    NODE_ENV: 'production',
    JWT_SECRET: secrets.jwt,
    WEBHOOK_SECRET: secrets.webhook,
    BCRYPT_COST: String(bcryptCost(tier)),
    ...databaseUrls(tier, site),
    ...servicesEnvironment(tier, site),
    ...(cache === undefined ? {} : { REDIS_URL: urlsOf(tier, cache, site, redisUrl) }),
    ...(jobs === undefined ? {} : { QUEUE_REDIS_URL: urlsOf(tier, jobs, site, redisUrl) }),
    ...(broker === undefined ? {} : { AMQP_URLS: urlsOf(tier, broker, site, amqpUrl) }),
    ...(queue === undefined ? {} : { QUEUE: queue }),
    ...imagesEnvironment(site),
    ...(parties === undefined
      ? {}
      : { THIRD_PARTY_URL: urlsOf(tier, parties, site, (_, port) => `http://127.0.0.1:${port}`) }),
  };
}

/** What carries events from the service to its workers; undefined leaves it to the service. */
export function queueOf(tier: Tier, topology: Topology): string | undefined {
  if (tier.settings['queue'] !== undefined) return oneOf(tier, 'queue', 'rabbitmq', ['rabbitmq', 'bullmq', 'none']);
  const kinds = new Set(topology.tiers.map(({ kind }) => kind));
  return kinds.has('worker') && !kinds.has('rabbitmq') && kinds.has('redis') ? 'bullmq' : undefined;
}

/** A worker's own where it has one; everybody else knows one address for all of them. */
function thirdParties(tier: Tier, topology: Topology): Tier | undefined {
  const own = tier.kind === 'worker' ? dependency(tier, topology, 'external') : undefined;
  return own ?? topology.tiers.find(({ kind }) => kind === 'external');
}

/** Where a tier writes to and reads from, one URL a shard; reads go elsewhere for who calls replicas. */
function databaseUrls(tier: Tier, site: Site): Record<string, string> {
  const head = dependency(tier, site.topology, 'postgres');
  if (head === undefined) return {};
  const ports = databasePorts(head, site.topology, (id) => portAt(site, id));
  const access = databaseAccess(head, site.topology, site.secrets);
  const urls = (way: 'write' | 'read', to: Tier): string => {
    const direct = ports.map((database) => database[way]);
    return portsTo(tier.id, to.id, direct, site)
      .map((port) => databaseUrl(access, port))
      .join(',');
  };
  const replicas = site.topology.tiers.find((each) => replicatedBy(each) === head.id && tier.calls.includes(each.id));
  const sharding = shardingOf(head);
  return {
    DATABASE_URL: urls('write', head),
    ...(replicas === undefined ? {} : { DATABASE_READ_URL: urls('read', replicas) }),
    ...(sharding === undefined ? {} : { SHARDING: sharding }),
  };
}

/** One URL, or those of all nodes of a cluster: any of them tells where the others are. */
function urlsOf(tier: Tier, called: Tier, site: Site, url: (secrets: Secrets, port: number) => string): string {
  const ports = Array.from({ length: called.instances }, (_, index) => portOf(site, called.id, index + 1));
  return portsTo(tier.id, called.id, ports, site)
    .map((port) => url(site.secrets, port))
    .join(',');
}
