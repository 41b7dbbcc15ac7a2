import type { Tier, TierKind } from '../../../model/topology/topology.ts';
import { accountFor, canRead, ownAccount } from '../account.ts';
import type { Account } from '../account.ts';
import type { Secrets } from '../secrets.ts';
import { amqpUrl, databaseUrl, environmentOf, portAt, portOf, redisUrl } from '../site.ts';
import type { Site } from '../site.ts';
import { proxyId, replicatedBy, replicationPlan } from './replication/replication-plan.ts';
import { wholeNumber } from '../settings.ts';

const BCRYPT_COST = 10;

/**
 * Who runs the application's programs: `nobody` when started as root, provided that account can read the source tree
 * and Node itself (a checkout below /root cannot be); else whoever starts the stack.
 */
export function applicationAccount(site: Site): Account {
  const account = accountFor(['nobody']);
  const { appEntry, seedEntry } = site.config;
  return canRead(account, [process.execPath, appEntry, seedEntry]) ? account : ownAccount();
}

/** Work factor of password hashes, the same for the seeder and for the application. */
export function bcryptCost(tier: Tier): number {
  return wholeNumber(tier, 'bcrypt_cost', BCRYPT_COST, 4, 16);
}

/** What both the application and its seeder are told: where the tiers are that theirs calls, and the keys. */
export function applicationEnvironment(tier: Tier, site: Site, home: string): Record<string, string> {
  const cache = calledTier(tier, site, 'redis');
  const broker = calledTier(tier, site, 'rabbitmq');
  const { secrets } = site;
  return {
    ...environmentOf(site, home),
    NODE_ENV: 'production',
    JWT_SECRET: secrets.jwt,
    BCRYPT_COST: String(bcryptCost(tier)),
    ...databaseUrls(tier, site),
    ...(cache === undefined ? {} : { REDIS_URL: urlsOf(cache, site, redisUrl) }),
    ...(broker === undefined ? {} : { AMQP_URLS: urlsOf(broker, site, amqpUrl) }),
  };
}

/** Where a tier writes to and reads from; both are the same without replicas, or for who does not call them. */
function databaseUrls(tier: Tier, site: Site): Record<string, string> {
  const called = site.topology.tiers.filter(({ kind, id }) => kind === 'postgres' && tier.calls.includes(id));
  const head = called.find((database) => replicatedBy(database) === undefined);
  if (head === undefined) return {};
  const url = (port: number): string => databaseUrl(site.secrets, port);
  if (replicationPlan(head, site.topology) === null) return { DATABASE_URL: url(portOf(site, head.id)) };
  const proxy = portAt(site, proxyId(head.id));
  return { DATABASE_URL: url(proxy), ...(called.length > 1 ? { DATABASE_READ_URL: url(proxy + 1) } : {}) };
}

/** One URL, or those of all nodes of a cluster: any of them tells where the others are. */
function urlsOf(called: Tier, site: Site, url: (secrets: Secrets, port: number) => string): string {
  const instances = Array.from({ length: called.instances }, (_, index) => index + 1);
  return instances.map((instance) => url(site.secrets, portOf(site, called.id, instance))).join(',');
}

function calledTier(tier: Tier, site: Site, kind: TierKind): Tier | undefined {
  return site.topology.tiers.find((called) => called.kind === kind && tier.calls.includes(called.id));
}
