import { expect, test } from 'vitest';
import { replicatedTopology, withTier } from '../../testing/test-home.ts';
import { connectionsOf } from '../postgres-conf.ts';
import { haproxyConf } from './haproxy-conf.ts';
import type { ProxySite } from './haproxy-conf.ts';
import { dynamicConf, loopWaitOf } from './patroni-conf.ts';
import { replicasOf, replicationPlan } from './replication-plan.ts';
import type { ReplicationPlan } from './replication-plan.ts';

test.each([
  ['asynchronous', false, false],
  ['synchronous', true, false],
  ['strict', true, true],
])('%s replication', (replication_mode, synchronous_mode, synchronous_mode_strict) => {
  const conf = dynamicConf(planOf({ replication_mode }), {}, 1);
  expect(conf).toMatchObject({ synchronous_mode, synchronous_mode_strict });
});

test.each(['default', 'tuned', 'lab'] as const)(
  "profile `%s` keeps Patroni's rule for the lease",
  (failover_profile) => {
    const plan = planOf({ failover_profile });
    const conf = dynamicConf(plan, {}, loopWaitOf(plan.profile));
    const { ttl = 0, loop_wait = 0, retry_timeout = 0 } = conf as Readonly<Record<string, number>>;
    expect(ttl).toBeGreaterThanOrEqual(loop_wait + 2 * retry_timeout);
  },
);

test('every node takes the connections of those that write and of those that read', () => {
  const topology = withTier(replicatedTopology(), 'app', { settings: { db_pool_max: 20 } });
  const head = topology.tiers.find(({ id }) => id === 'db');
  expect(head && connectionsOf([head, ...replicasOf(head, topology)], topology)).toBe(2 * 2 * 20 + 16);
});

test('the proxy asks Patroni who is what, and sends reads to the primary when there is no replica', () => {
  const lines = haproxyConf(proxySite(1)).split('\n');
  expect(lines).toContain('  http-check send meth GET uri /primary');
  expect(lines).toContain('  use_backend primary-1 if { nbsrv(replicas-1) eq 0 }');
  expect(lines).toContain('  default-server inter 3s fall 3 rise 2 on-marked-down shutdown-sessions');
  expect(lines.filter((line) => line === '  server db-1 127.0.0.1:110 check port 111')).toHaveLength(2);
});

test('each shard has ports of its own, which lead to its nodes alone', () => {
  const [, first = '', second = ''] = haproxyConf(proxySite(2)).split('frontend write-');
  expect(first).toMatch(
    /^1\n {2}bind 127\.0\.0\.1:10\n[^]*frontend read-1\n {2}bind 127\.0\.0\.1:11\n[^]*server db-1 /,
  );
  expect(first).not.toContain('server db-2');
  expect(second).toMatch(
    /^2\n {2}bind 127\.0\.0\.1:20\n[^]*frontend read-2\n {2}bind 127\.0\.0\.1:21\n[^]*server db-2 /,
  );
  expect(second).not.toContain('server db-1');
});

function proxySite(shards: number): ProxySite {
  const proxied = Array.from({ length: shards }, (_, index) => index + 1).map((shard) => ({
    shard,
    write_port: 10 * shard,
    read_port: 10 * shard + 1,
    nodes: [{ id: `db-${shard}`, port: 100 + 10 * shard, rest_port: 101 + 10 * shard }],
  }));
  return { status_port: 3, connections_max: 100, profile: 'default', shards: proxied };
}

function planOf(settings: Readonly<Record<string, string>>): ReplicationPlan {
  const topology = replicatedTopology(settings);
  const head = topology.tiers.find(({ id }) => id === 'db');
  const plan = head && replicationPlan(head, topology);
  if (!plan) throw new Error('the topology has no replicas');
  return plan;
}
