import { expect, test } from 'vitest';
import type { Tier } from '../../../model/topology/topology.ts';
import { shopTopology } from '../testing/test-home.ts';
import { connectionsMax, nginxConf } from './nginx-conf.ts';
import { connectionsOf, postgresConf } from './postgres-conf.ts';
import { upstreamConf } from './upstreams.ts';

const tier = (kind: Tier['kind'], settings: Tier['settings'] = {}): Tier => ({
  id: kind,
  kind,
  instances: 1,
  calls: [],
  settings,
});

test('the database takes the connections of all pools that call it', () => {
  const topology = shopTopology(2, 3);
  const tiers = topology.tiers.map((each) => (each.id === 'app' ? { ...each, settings: { db_pool_max: 20 } } : each));
  const database = { ...tier('postgres'), id: 'db' };
  expect(connectionsOf([database], { ...topology, tiers })).toBe(3 * 20 + 16);
});

test('commits are durable, whatever the settings', () => {
  const conf = postgresConf(tier('postgres', { shared_buffers_mb: 512 }), shopTopology(1), 24_000);
  for (const line of ['fsync = on', 'synchronous_commit = on', 'full_page_writes = on', 'shared_buffers = 512MB']) {
    expect(conf.split('\n')).toContain(line);
  }
  expect(conf).not.toContain('pg_stat_statements');
});

test('statistics of statements are there on demand', () => {
  const conf = postgresConf(tier('postgres', { stat_statements: true }), shopTopology(1), 24_000);
  expect(conf).toContain('shared_preload_libraries = pg_stat_statements');
});

test('the balancer knows every instance', () => {
  const upstream = { tier: 'order-service', ports: [3, 4], generation: 7 };
  const conf = upstreamConf(tier('nginx', { max_fails: 1, fail_timeout_s: 9 }), upstream);
  expect(conf.match(/server 127\.0\.0\.1:\d+ max_fails=1 fail_timeout=9s;/g)).toHaveLength(2);
  expect(conf).toContain('upstream order-service {');
  expect(conf).toContain('map $host $generation_order_service { default 7; }');
  expect(conf).not.toContain('least_conn');
  expect(upstreamConf(tier('nginx', { balance: 'least-conn' }), upstream)).toContain('least_conn;');
});

test('the balancer includes its upstream, and knows folders with spaces and quotes', () => {
  const site = { folder: '/a "b" c', port: 1, status_port: 2, upstreams: ['app'], descriptors_max: 20_000 };
  const conf = nginxConf(tier('nginx'), site);
  expect(conf).toContain(String.raw`pid "/a \"b\" c/nginx.pid";`);
  for (const line of ['include upstreams/app.conf;', 'proxy_pass http://app;']) expect(conf).toContain(line);
});

test('the balancer asks for no more connections than files may be open', () => {
  expect(connectionsMax(tier('nginx'), 1_024)).toBe(960);
  expect(connectionsMax(tier('nginx'), 20_000)).toBe(8_192);
});
