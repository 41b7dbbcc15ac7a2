import { expect, test } from 'vitest';
import type { Tier, Topology } from '../../model/topology/topology.ts';
import { localConfig } from './config.ts';
import {
  fixtureApplications,
  replicatedTopology,
  servicesTopology,
  shardedTopology,
  shopTopology,
  wholeTopology,
  withTier,
} from './testing/test-home.ts';
import { assertPrograms, validateTopology } from './validate-topology.ts';

test('accepts both steps', () => {
  expect(() => validateTopology(shopTopology(1))).not.toThrow();
  expect(() => validateTopology(shopTopology(2))).not.toThrow();
});

test('accepts a database with replicas', () => {
  const settings = { replication_mode: 'strict', failover_profile: 'tuned', etcd_nodes: 3 };
  expect(() => validateTopology(replicatedTopology(settings))).not.toThrow();
});

test.each<[string, string, Partial<Tier>]>([
  ['replicates `cache`, which is no database of its own', 'copies', { settings: { replicates: 'cache' } }],
  ['replicates `copies`, which is no database of its own', 'copies', { settings: { replicates: 'copies' } }],
  ['asks for 2 instances of postgres', 'db', { instances: 2 }],
  ['tier `app` calls `copies` but not `db`', 'app', { calls: ['copies'] }],
  ['setting `replication_mode` of tier `db` is "eventual"', 'db', { settings: { replication_mode: 'eventual' } }],
  ['setting `failover_profile` of tier `db` is "fast"', 'db', { settings: { failover_profile: 'fast' } }],
  ['setting `etcd_nodes` of tier `db` is 2', 'db', { settings: { etcd_nodes: 2 } }],
])('refuses: %s', (message, changed, change) => {
  expect(() => validateTopology(withTier(replicatedTopology(), changed, change))).toThrow(message);
});

test('accepts a database with shards, alone or with replicas', () => {
  expect(() => validateTopology(shardedTopology(4, 0))).not.toThrow();
  expect(() => validateTopology(shardedTopology(4, 2))).not.toThrow();
});

test.each<[string, string, Partial<Tier>]>([
  ['asks for 3 instances of postgres', 'db', { instances: 3 }],
  ['setting `shards` of tier `db` is 0', 'db', { settings: { shards: 0 } }],
  ['setting `sharding` of tier `db` is "by luck"', 'db', { settings: { shards: 4, sharding: 'by luck' } }],
  ['`copies` has other shards than `db`', 'copies', { settings: { replicates: 'db', shards: 2 } }],
  ['the 6 instances of `copies` cannot be divided by 4 shards', 'copies', { instances: 6 }],
])('refuses: %s', (message, changed, change) => {
  expect(() => validateTopology(withTier(shardedTopology(4, 2), changed, change))).toThrow(message);
});

test('refuses shards of an application that knows one database', () => {
  const config = localConfig({ applications: fixtureApplications() });
  expect(() => assertPrograms(shardedTopology(4, 2), config)).not.toThrow();
  const shop = { ...shardedTopology(4, 2), application: 'shop' };
  expect(() => assertPrograms(shop, config)).toThrow(
    '`db` has 4 shards, but application `shop` cannot spread its rows',
  );
});

test('accepts a cluster of caches', () => {
  expect(() => validateTopology(withTier(shopTopology(2), 'cache', { instances: 6 }))).not.toThrow();
});

test('accepts a broker with its workers, and third parties', () => {
  expect(() => validateTopology(wholeTopology())).not.toThrow();
});

test.each<[string, string, Partial<Tier>]>([
  ['asks for 2 nodes of rabbitmq', 'broker', { instances: 2 }],
  ['tier `workers` does not say what its workers do', 'email-workers', { id: 'workers' }],
  ['tier `email-workers` has no queue', 'email-workers', { settings: { queue: 'none' } }],
  ['setting `concurrency` of tier `email-workers` is 0', 'email-workers', { settings: { concurrency: 0 } }],
  ['asks for 2 instances of external', 'mailer', { instances: 2 }],
  ['setting `stampede` of tier `app` is "hope"', 'app', { settings: { stampede: 'hope' } }],
  ['setting `read_your_writes` of tier `app` is "maybe"', 'app', { settings: { read_your_writes: 'maybe' } }],
])('refuses: %s', (message, changed, change) => {
  expect(() => validateTopology(withTier(wholeTopology(), changed, change))).toThrow(message);
});

test('without a broker workers take events from Redis', () => {
  const { tiers, ...rest } = wholeTopology();
  const without = tiers
    .filter(({ id }) => id !== 'broker')
    .map((tier) => ({ ...tier, calls: tier.calls.filter((id) => id !== 'broker') }));
  expect(() => validateTopology({ ...rest, tiers: without })).not.toThrow();
  const nowhere = without
    .filter(({ id }) => id !== 'cache')
    .map((tier) => ({ ...tier, calls: tier.calls.filter((id) => id !== 'cache') }));
  expect(() => validateTopology({ ...rest, tiers: nowhere })).toThrow('has no queue');
});

test('names a program of the application that is not there', () => {
  const config = localConfig({ applications: fixtureApplications({ worker: '/nonexistent/worker.ts' }) });
  expect(() => assertPrograms(wholeTopology(), config)).toThrow('`email-workers` runs /nonexistent/worker.ts');
});

test('names applications when a plan says none, or one that is not there', () => {
  const { application, ...topology } = shopTopology(1);
  expect(application).toBe('shop');
  expect(() => assertPrograms(topology, localConfig())).toThrow('does not say which application');
  expect(() => assertPrograms({ ...topology, application: 'bank' }, localConfig())).toThrow('no application `bank`');
});

test('refuses a second database, which would be empty', () => {
  const topology = shopTopology(2);
  const replicas: Tier = { id: 'replicas', kind: 'postgres', instances: 1, calls: [], settings: {} };
  const tiers = [...topology.tiers, replicas];
  expect(() => validateTopology({ ...topology, tiers })).toThrow('no express tier calls the database `replicas`');
});

test('accepts services with a database each, and a queue that calls its workers', () => {
  const topology = servicesTopology();
  expect(() => assertPrograms(topology, localConfig({ applications: fixtureApplications() }))).not.toThrow();
  expect(() => validateTopology(topology)).not.toThrow();
});

test.each<[string, string, Partial<Tier>]>([
  [
    '`order-service` calls several databases: `order-database`, `user-database`',
    'order-service',
    { calls: ['order-database', 'user-database'] },
  ],
  ['`email-worker` does not call the database that it works with', 'email-worker', { calls: ['user-service'] }],
  ['no express tier calls the database `user-database`', 'user-service', { calls: [] }],
  ['asks for 3 instances of redis', 'queue', { instances: 3 }],
  ['setting `eviction` of tier `queue` is "allkeys-lru"', 'queue', { settings: { eviction: 'allkeys-lru' } }],
  ['tier `gateway` calls several express tiers', 'user-service', { id: 'users' }],
  ['call each other in a circle: ', 'user-service', { calls: ['order-service', 'user-database'] }],
  ['setting `rate_limits` of tier `user-service` is "some"', 'user-service', { settings: { rate_limits: 'some' } }],
])('refuses: %s', (message, changed, change) => {
  expect(() => validateTopology(renamed(servicesTopology(), changed, change))).toThrow(message);
});

test('refuses a service that the application does not have', () => {
  const topology = renamed(servicesTopology(), 'user-service', { id: 'weather-service' });
  const config = localConfig({ applications: fixtureApplications() });
  expect(() => assertPrograms(topology, config)).toThrow('`weather-service` would run a service');
});

test.each<[string, string, Partial<Tier>]>([
  ['asks for 2 instances of object-store', 'images', { instances: 2 }],
  ['tier `images` calls `db`', 'images', { calls: ['db'] }],
  ['tier `cdn` calls nothing', 'cdn', { calls: [] }],
  ['tier `cdn` calls `db` first, which is of kind postgres', 'cdn', { calls: ['db', 'images'] }],
  ['setting `cache_mb` of tier `cdn` is 0', 'cdn', { settings: { cache_mb: 0 } }],
  ['setting `origin_distance_ms` of tier `cdn` is 5000', 'cdn', { settings: { origin_distance_ms: 5_000 } }],
])('refuses: %s', (message, changed, change) => {
  expect(() => validateTopology(withTier(wholeTopology(), changed, change))).toThrow(message);
});

test.each<[string, string, Partial<Tier>]>([
  ['two tiers have the same id', 'app', { id: 'db' }],
  ['calls `elsewhere`, which is no tier', 'app', { calls: ['elsewhere'] }],
  ['`a/b` cannot name a tier', 'cache', { id: 'a/b' }],
  ['has 0 instances', 'app', { instances: 0 }],
  ['asks for 2 instances of postgres', 'db', { instances: 2 }],
  ['asks for 4 instances of redis, which are no cluster', 'cache', { instances: 4 }],
  ['asks for 6 instances of redis, which are no cluster', 'cache', { instances: 6, settings: { replicas_each: 2 } }],
  ['setting `node_timeout_ms` of tier `cache` is 1', 'cache', { settings: { node_timeout_ms: 1 } }],
  ['call each other in a circle: lb, app, db', 'db', { calls: ['app'] }],
  ['setting `db_pool_max` of tier `app` is "many"', 'app', { settings: { db_pool_max: 'many' } }],
  ['setting `balance` of tier `lb` is "fastest"', 'lb', { settings: { balance: 'fastest' } }],
  ['setting `shared_buffers_mb` of tier `db` is 1', 'db', { settings: { shared_buffers_mb: 1 } }],
])('refuses: %s', (message, changed, change) => {
  expect(() => validateTopology(renamed(shopTopology(2), changed, change))).toThrow(message);
});

/** With one tier changed; what called a renamed one keeps calling it by its new name. */
function renamed(topology: Topology, changed: string, change: Partial<Tier>): Topology {
  const { tiers, ...rest } = withTier(topology, changed, change);
  const name = change.id ?? changed;
  return {
    ...rest,
    tiers: tiers.map((tier) => ({ ...tier, calls: tier.calls.map((id) => (id === changed ? name : id)) })),
  };
}
