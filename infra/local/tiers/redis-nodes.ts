import type { Tier } from '../../../model/topology/topology.ts';
import { StackError } from '../../backend.ts';
import { wholeNumber } from '../settings.ts';

/** Hash slots of a Redis Cluster (Redis Cluster specification, "Key distribution model"). */
export const SLOTS = 16_384;
/** A failed master is replaced by the vote of most others, so that two of them can never replace one. */
const MASTERS_MIN = 3;

/** What one node of a Redis Cluster is at the start; a failover changes it. Nodes are counted from 1. */
export type NodePlan =
  | { readonly role: 'master'; readonly first_slot: number; readonly last_slot: number }
  | { readonly role: 'replica'; readonly master: number };

/** Several instances of a Redis tier form a cluster. */
export function isCluster(tier: Tier): boolean {
  return tier.kind === 'redis' && tier.instances > 1;
}

/**
 * Masters first, then their replicas in turn. The tier's instances are all nodes; `replicas_each` says how many replicas
 * a master has. Throws a `StackError` when the nodes cannot be divided so.
 */
export function planNodes(tier: Tier): NodePlan[] {
  const replicas_each = wholeNumber(tier, 'replicas_each', 1, 0, 5);
  const masters = tier.instances / (1 + replicas_each);
  if (!Number.isInteger(masters) || masters < MASTERS_MIN) {
    throw new StackError(
      `tier \`${tier.id}\` asks for ${tier.instances} instances of redis, which are no cluster`,
      `one runs alone; a cluster has at least ${MASTERS_MIN} masters with ${replicas_each} replicas each (setting \`replicas_each\`), so ${MASTERS_MIN * (1 + replicas_each)} instances or a multiple of ${1 + replicas_each} above`,
    );
  }
  return Array.from({ length: tier.instances }, (_, index): NodePlan => {
    if (index >= masters) return { role: 'replica', master: (index % masters) + 1 };
    const first_slot = Math.ceil((index * SLOTS) / masters);
    return { role: 'master', first_slot, last_slot: Math.ceil(((index + 1) * SLOTS) / masters) - 1 };
  });
}
