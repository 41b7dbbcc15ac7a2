import type { Tier, Topology } from '../../model/topology/topology.ts';
import { isCluster } from './tiers/redis-nodes.ts';

/** Name of the n-th instance (from 1) of a tier, e.g. `app-2`. */
export function processId(tier: string, instance: number): string {
  return `${tier}-${instance}`;
}

/** Where in the stack's block each process has its first port, and how many ports the stack needs. */
export function portOffsets(topology: Topology): { offsets: ReadonlyMap<string, number>; count: number } {
  const offsets = new Map<string, number>();
  let count = 0;
  for (const tier of topology.tiers) {
    for (let instance = 1; instance <= tier.instances; instance += 1) {
      offsets.set(processId(tier.id, instance), count);
      count += portsOfInstance(tier);
    }
  }
  return { offsets, count };
}

/** nginx has a second port for its own counters, the nodes of a Redis Cluster one for each other. */
function portsOfInstance(tier: Tier): number {
  return tier.kind === 'nginx' || isCluster(tier) ? 2 : 1;
}
