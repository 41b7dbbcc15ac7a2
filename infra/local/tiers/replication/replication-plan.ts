import type { Tier, Topology } from '../../../../model/topology/topology.ts';
import { StackError } from '../../../backend.ts';
import { oneOf, wholeNumber } from '../../settings.ts';
import { assertSameShards, instancesOf, shardsOf } from '../shards.ts';

/** A postgres tier that is written to and those that replicate it: one database with its replicas, or as many as it has shards. */
export interface ReplicationPlan {
  /** Its settings hold for all nodes. */
  readonly head: Tier;
  readonly shards: readonly ReplicatedShard[];
  readonly mode: ReplicationMode;
  readonly profile: FailoverProfile;
  /** Processes of etcd, for all shards: 1, or 3 that survive the loss of one. */
  readonly etcd: number;
}

/** One database: nodes that replace each other, and nobody else. */
export interface ReplicatedShard {
  /** From 1; without shards there is one. */
  readonly shard: number;
  /** What Patroni calls it. */
  readonly scope: string;
  /** Of each node's data: those of another division are no part of it. */
  readonly folder: string;
  readonly nodes: readonly ReplicaNode[];
}

/** One PostgreSQL with its Patroni. Which one is the primary changes over time. */
export interface ReplicaNode {
  readonly id: string;
  readonly tier: string;
}

const MODES = ['asynchronous', 'synchronous', 'strict'] as const;
/**
 * When a commit is answered. `asynchronous`: when the primary has it. `synchronous`: when a replica has it, too, as long as
 * there is one. `strict`: never without a replica; without any, writes wait.
 */
export type ReplicationMode = (typeof MODES)[number];

const PROFILES = ['default', 'tuned', 'lab'] as const;
/** How fast a lost primary is replaced. Figures of one profile say nothing about another. */
export type FailoverProfile = (typeof PROFILES)[number];

/** The tier that a tier replicates; undefined for one that is no replica. */
export function replicatedBy(tier: Tier): string | undefined {
  const head = tier.kind === 'postgres' ? tier.settings['replicates'] : undefined;
  return head === undefined ? undefined : String(head);
}

/** Tiers that replicate this one. */
export function replicasOf(head: Tier, { tiers }: Topology): Tier[] {
  return tiers.filter((tier) => replicatedBy(tier) === head.id);
}

/** Null for a database without replicas, which runs alone. Throws a `StackError` for what cannot be. */
export function replicationPlan(head: Tier, topology: Topology): ReplicationPlan | null {
  const replicas = replicasOf(head, topology);
  if (replicas.length === 0) return null;
  return {
    head,
    shards: Array.from({ length: shardsOf(head) }, (_, index) => replicatedShard(head, replicas, index + 1)),
    mode: oneOf(head, 'replication_mode', 'asynchronous', MODES),
    profile: oneOf(head, 'failover_profile', 'default', PROFILES),
    etcd: etcdNodes(head),
  };
}

function replicatedShard(head: Tier, replicas: readonly Tier[], shard: number): ReplicatedShard {
  const shards = shardsOf(head);
  const nodes = [head, ...replicas].flatMap((tier) =>
    instancesOf(tier, shard).map((instance) => ({ id: `${tier.id}-${instance}`, tier: tier.id })),
  );
  if (shards === 1) return { shard, scope: head.id, folder: 'replicated', nodes };
  return { shard, scope: `${head.id}-shard-${shard}`, folder: `replicated-shard-${shard}-of-${shards}`, nodes };
}

/** Throws a `StackError` for a tier that replicates none, or what is a replica itself, or is divided otherwise. */
export function assertReplicates(tier: Tier, topology: Topology): void {
  const id = replicatedBy(tier);
  const head = topology.tiers.find((other) => other.id === id);
  if (head?.kind === 'postgres' && replicatedBy(head) === undefined) return assertSameShards(tier, head);
  throw new StackError(
    `tier \`${tier.id}\` replicates \`${id}\`, which is no database of its own`,
    'setting `replicates` names the postgres tier that is written to',
  );
}

export const etcdId = (head: string, node: number): string => `${head}-etcd-${node}`;
export const proxyId = (head: string): string => `${head}-proxy-1`;

/** Where HAProxy listens, counted from its first port: two ports a shard, and its statistics after those of all. */
export const PROXY_PORTS = {
  write: ({ shard }: Pick<ReplicatedShard, 'shard'>): number => 2 * (shard - 1),
  read: ({ shard }: Pick<ReplicatedShard, 'shard'>): number => 2 * (shard - 1) + 1,
  status: ({ shards }: Pick<ReplicationPlan, 'shards'>): number => 2 * shards.length,
} as const;

/** Processes of a replicated database, with how many ports each needs, see `port-plan.ts`. */
export function replicationPorts(plan: ReplicationPlan): readonly (readonly [string, number])[] {
  const { head, shards, etcd } = plan;
  const nodes = shards.flatMap((shard) => shard.nodes);
  return [
    // PostgreSQL, Patroni's REST interface.
    ...nodes.filter(({ tier }) => tier === head.id).map(({ id }) => [id, 2] as const),
    // Clients, peers.
    ...Array.from({ length: etcd }, (_, index) => [etcdId(head.id, index + 1), 2] as const),
    [proxyId(head.id), PROXY_PORTS.status(plan) + 1],
  ];
}

function etcdNodes(head: Tier): number {
  const nodes = wholeNumber(head, 'etcd_nodes', 1, 1, 3);
  if (nodes !== 2) return nodes;
  throw new StackError(
    `setting \`etcd_nodes\` of tier \`${head.id}\` is 2`,
    'two cannot lose one either; it has to be 1 or 3',
  );
}
