import type { Tier, Topology } from '../../model/topology/topology.ts';
import { StackError } from '../backend.ts';
import { wholeNumber } from '../local/settings.ts';
import {
  etcdId,
  proxyId,
  replicasOf,
  replicatedBy,
  replicationPlan,
} from '../local/tiers/replication/replication-plan.ts';
import type { ReplicationPlan } from '../local/tiers/replication/replication-plan.ts';
import { PORTS } from './container.ts';
import { instancesOf } from './relations.ts';
import { reference } from './variables.ts';

/** One database: a server of its own, or a primary with replicas behind a proxy. A sharded tier has several. */
export interface Database {
  /** Patroni's name for it, and of its volume's. */
  readonly scope: string;
  /** All its servers; with replicas, the one that starts as the primary comes first. */
  readonly nodes: readonly string[];
  /** Of the nodes, those that belong to the tier that is written to. */
  readonly heads: readonly string[];
  /** Null for a server of its own. */
  readonly replicated: {
    readonly plan: ReplicationPlan;
    readonly proxy: string;
    readonly etcd: readonly string[];
  } | null;
}

/** Role and database of the application in a tier, with the variable that holds its password. */
export interface Login {
  readonly name: string;
  readonly password: string;
}

/** Postgres tiers that are written to. */
export function writtenDatabases({ tiers }: Topology): Tier[] {
  return tiers.filter((tier) => tier.kind === 'postgres' && replicatedBy(tier) === undefined);
}

/** `shop` where there is one database; else each has a role, a database and a password of its own, named after its tier. */
export function loginOf(head: Tier, topology: Topology): Login {
  if (writtenDatabases(topology).length === 1) return { name: 'shop', password: 'DATABASE_PASSWORD' };
  const name = head.id.replaceAll('-', '_');
  return { name, password: `${name.toUpperCase()}_PASSWORD` };
}

/** The databases of a tier that is written to, in the order of their shards. Throws a `StackError` for what cannot be. */
export function databasesOf(head: Tier, topology: Topology): Database[] {
  const shards = shardsOf(head);
  const replicas = replicasOf(head, topology).flatMap(instancesOf);
  if (replicas.length % shards !== 0) {
    throw new StackError(
      `the ${replicas.length} replicas of \`${head.id}\` cannot be shared by ${shards} shards`,
      `give each shard as many: a multiple of ${shards}`,
    );
  }
  const each = replicas.length / shards;
  const plan = replicationPlan(head, topology);
  return instancesOf(head).map((primary, index): Database => {
    const nodes = [primary, ...replicas.slice(index * each, (index + 1) * each)];
    const scope = shards === 1 ? head.id : `${head.id}-shard-${index + 1}`;
    if (plan === null) return { scope, nodes, heads: nodes, replicated: null };
    const etcd = Array.from({ length: plan.etcd }, (_, node) => etcdId(head.id, node + 1));
    const proxy = shards === 1 ? proxyId(head.id) : `${scope}-proxy-1`;
    return { scope, nodes, heads: [primary], replicated: { plan, proxy, etcd } };
  });
}

/** Where the application writes to, or reads from: one URL a shard. */
export function databaseUrls(head: Tier, topology: Topology, way: 'write' | 'read'): string {
  const { name, password } = loginOf(head, topology);
  const port = way === 'write' ? PORTS.proxy_write : PORTS.proxy_read;
  return databasesOf(head, topology)
    .map(({ nodes: [node = ''], replicated }) =>
      replicated === null ? `${node}:${PORTS.postgres}` : `${replicated.proxy}:${port}`,
    )
    .map((address) => `postgres://${name}:${reference(password)}@${address}/${name}`)
    .join(',');
}

function shardsOf(head: Tier): number {
  const shards = wholeNumber(head, 'shards', 1, 1, 64);
  if (head.instances === shards) return shards;
  throw new StackError(
    `tier \`${head.id}\` has ${head.instances} instances, but ${shards === 1 ? 'no shards' : `${shards} shards`}`,
    'a database that is written to has one instance, or one a shard (setting `shards`)',
  );
}
