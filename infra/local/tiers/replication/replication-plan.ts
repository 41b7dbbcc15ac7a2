import type { Tier, Topology } from '../../../../model/topology/topology.ts';
import { StackError } from '../../../backend.ts';
import { oneOf, wholeNumber } from '../../settings.ts';

/** One PostgreSQL database with its replicas: the tier that is written to, and those that replicate it. */
export interface ReplicationPlan {
  /** Its settings hold for all nodes. */
  readonly head: Tier;
  readonly nodes: readonly ReplicaNode[];
  readonly mode: ReplicationMode;
  readonly profile: FailoverProfile;
  /** Processes of etcd: 1, or 3 that survive the loss of one. */
  readonly etcd: number;
}

/** One PostgreSQL with its Patroni. Which one is the primary changes over time. */
export interface ReplicaNode {
  readonly id: string;
  readonly tier: string;
  readonly instance: number;
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
    nodes: [head, ...replicas].flatMap((tier) =>
      Array.from({ length: tier.instances }, (_, index) => ({
        id: `${tier.id}-${index + 1}`,
        tier: tier.id,
        instance: index + 1,
      })),
    ),
    mode: oneOf(head, 'replication_mode', 'asynchronous', MODES),
    profile: oneOf(head, 'failover_profile', 'default', PROFILES),
    etcd: etcdNodes(head),
  };
}

/** Throws a `StackError` for a tier that replicates none, or what is a replica itself. */
export function assertReplicates(tier: Tier, topology: Topology): void {
  const id = replicatedBy(tier);
  const head = topology.tiers.find((other) => other.id === id);
  if (head?.kind === 'postgres' && replicatedBy(head) === undefined) return;
  throw new StackError(
    `tier \`${tier.id}\` replicates \`${id}\`, which is no database of its own`,
    'setting `replicates` names the postgres tier that is written to',
  );
}

export const etcdId = (head: string, node: number): string => `${head}-etcd-${node}`;
export const proxyId = (head: string): string => `${head}-proxy-1`;

/** Processes of a replicated database, with how many ports each needs, see `port-plan.ts`. */
export function replicationPorts({ head, nodes, etcd }: ReplicationPlan): readonly (readonly [string, number])[] {
  return [
    // PostgreSQL, Patroni's REST interface.
    ...nodes.filter(({ tier }) => tier === head.id).map(({ id }) => [id, 2] as const),
    // Clients, peers.
    ...Array.from({ length: etcd }, (_, index) => [etcdId(head.id, index + 1), 2] as const),
    // Writes, reads, statistics.
    [proxyId(head.id), 3],
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
