import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Tier, Topology } from '../../../model/topology/topology.ts';
import type { Application } from '../applications.ts';
import type { LocalConfig } from '../config.ts';
import { localConfig } from '../config.ts';
import { listPids, readLinks, readProcFile, readStat } from '../proc.ts';
import { checkRoundTrip } from '../round-trip.ts';
import { SHOP_SERVICES } from '../services.ts';
import { checkShortenerRoundTrip } from '../shortener-round-trip.ts';
import { readNames } from '../stack-paths.ts';

/** A home of its own with the stand-in application; other accounts may pass through it, as through the real one. */
export function testConfig(ports: LocalConfig['ports'], given: Partial<LocalConfig> = {}): LocalConfig {
  const home = mkdtempSync(join(tmpdir(), 'shop-plan-'));
  chmodSync(home, 0o711);
  return localConfig({
    home,
    ports,
    applications: fixtureApplications(),
    ...given,
  });
}

/** The stand-in applications by the names of the real ones, with some programs of the shop replaced. */
export function fixtureApplications(given: Partial<Application> = {}): LocalConfig['applications'] {
  const shop: Application = {
    app: fixture('fixture-app.ts'),
    seed: fixture('fixture-seed.ts'),
    worker: fixture('fixture-program.ts'),
    thirdParties: fixture('fixture-program.ts'),
    services: SHOP_SERVICES,
    roundTrip: checkRoundTrip,
    ...given,
  };
  const shortener: Application = {
    app: fixture('fixture-shortener.ts'),
    seed: fixture('fixture-shortener-seed.ts'),
    shards: true,
    roundTrip: checkShortenerRoundTrip,
  };
  return { shop, 'url-shortener': shortener };
}

export function removeHome({ home }: Pick<LocalConfig, 'home'>): void {
  rmSync(home, { recursive: true, force: true });
}

/** Path of a file in this folder. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

/** nginx, application and PostgreSQL; step 2 adds Redis. */
export function shopTopology(step: 1 | 2, instances = 2): Topology {
  const plain = { instances: 1, calls: [], settings: {} };
  const cache = step === 1 ? [] : [{ ...plain, id: 'cache', kind: 'redis' } as const];
  return {
    plan: 'amazon-shop',
    step,
    name: `step ${step}`,
    application: 'shop',
    entry: 'lb',
    tiers: [
      { ...plain, id: 'lb', kind: 'nginx', calls: ['app'] },
      { ...plain, id: 'app', kind: 'express', instances, calls: ['db', ...cache.map(({ id }) => id)] },
      { ...plain, id: 'db', kind: 'postgres' },
      ...cache,
    ],
  };
}

/** Step 2 with a database that has two replicas. */
export function replicatedTopology(settings: Tier['settings'] = {}): Topology {
  const shop = shopTopology(2);
  const replicas: Tier = { id: 'copies', kind: 'postgres', instances: 2, calls: [], settings: { replicates: 'db' } };
  const tiers = shop.tiers.map((tier): Tier => {
    if (tier.id === 'db') return { ...tier, settings };
    return tier.id === 'app' ? { ...tier, calls: [...tier.calls, 'copies'] } : tier;
  });
  return { ...shop, tiers: [...tiers, replicas] };
}

/** A URL shortener: its database has `shards`, with `copies` replicas each, alone when 0. */
export function shardedTopology(shards: number, copies: number, settings: Tier['settings'] = {}): Topology {
  const { tiers } = copies === 0 ? shopTopology(2) : replicatedTopology();
  const division = { sharding: 'consistent-hash', shards };
  const divided = tiers.map((tier): Tier => {
    if (tier.id === 'db') return { ...tier, instances: shards, settings: { ...division, ...settings } };
    if (tier.id !== 'copies') return tier;
    return { ...tier, instances: shards * copies, settings: { ...tier.settings, ...division } };
  });
  const named = { plan: 'url-shortener', step: 3, name: 'step 3', application: 'url-shortener' };
  return { ...shopTopology(2), ...named, tiers: divided };
}

/** All that there is: a cluster of caches, a database with replicas, a broker, a worker, third parties, and images far away. */
export function wholeTopology(settings: Tier['settings'] = {}): Topology {
  const plain = { instances: 1, calls: [], settings: {} };
  const shop = withTier(replicatedTopology(settings), 'cache', { instances: 6, settings: { node_timeout_ms: 1_000 } });
  const tiers = shop.tiers.map((tier) => (tier.id === 'app' ? { ...tier, calls: [...tier.calls, 'broker'] } : tier));
  return {
    ...shop,
    step: 4,
    tiers: [
      ...tiers,
      { ...plain, id: 'broker', kind: 'rabbitmq' },
      { ...plain, id: 'email-workers', kind: 'worker', instances: 2, calls: ['broker'] },
      { ...plain, id: 'mailer', kind: 'external' },
      { ...plain, id: 'images', kind: 'object-store' },
      { ...plain, id: 'cdn', kind: 'cdn', calls: ['images'], settings: { origin_distance_ms: 20 } },
    ],
  };
}

/** A gateway in front of services with a database each, a queue of jobs with a worker, and third parties. */
export function servicesTopology(): Topology {
  const plain = { instances: 1, calls: [], settings: {} };
  const service = (name: string, ...calls: readonly string[]): Tier[] => [
    { ...plain, id: `${name}-service`, kind: 'express', calls: [`${name}-database`, ...calls] },
    { ...plain, id: `${name}-database`, kind: 'postgres' },
  ];
  return {
    plan: 'amazon-shop',
    step: 6,
    name: 'step 6',
    application: 'shop',
    entry: 'gateway',
    tiers: [
      {
        ...plain,
        id: 'gateway',
        kind: 'nginx',
        calls: ['product-service', 'order-service', 'user-service', 'inventory-service'],
      },
      ...service('order', 'cache', 'queue', 'product-service', 'inventory-service', 'user-service'),
      ...service('product', 'cache', 'inventory-service'),
      ...service('inventory'),
      ...service('user'),
      { ...plain, id: 'cache', kind: 'redis' },
      { ...plain, id: 'queue', kind: 'redis', calls: ['email-worker'] },
      { ...plain, id: 'email-worker', kind: 'worker', calls: ['order-database', 'user-service', 'mailer'] },
      { ...plain, id: 'bank', kind: 'external' },
      { ...plain, id: 'mailer', kind: 'external' },
    ],
  };
}

/** The same with settings of one tier replaced, and other things about it. */
export function withTier(topology: Topology, id: string, change: Partial<Tier>): Topology {
  return { ...topology, tiers: topology.tiers.map((tier) => (tier.id === id ? { ...tier, ...change } : tier)) };
}

/**
 * Every living process that has anything to do with a home, found by other means than the sweep's: its command line,
 * its working folder or its environment mentions the folder's name.
 */
export function processesOf(home: string): string[] {
  return listPids().flatMap((pid) => {
    const state = readStat(pid)?.state;
    if (pid === process.pid || state === undefined || state === 'Z' || state === 'X') return [];
    const command = readProcFile(pid, 'cmdline') ?? '';
    const about = [command, readProcFile(pid, 'environ'), readLinks(pid)?.cwd].join('\n');
    return about.includes(home) ? [`${pid} ${command.replaceAll('\0', ' ')}`] : [];
  });
}

/** Locks that somebody holds or left. */
export function locksOf(home: string): string[] {
  return readNames(join(home, 'locks'));
}
