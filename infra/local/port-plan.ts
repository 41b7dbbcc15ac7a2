import type { Tier, Topology } from '../../model/topology/topology.ts';
import type { Colour } from './colour.ts';
import { replicatedBy, replicationPlan, replicationPorts } from './tiers/replication/replication-plan.ts';
import { isCluster } from './tiers/redis-nodes.ts';

/** Name of the n-th instance (from 1) of a tier, e.g. `app-2`, or `app-2-green`. */
export function processId(tier: string, instance: number, colour: Colour = 'blue'): string {
  return colour === 'blue' ? `${tier}-${instance}` : `${tier}-${instance}-${colour}`;
}

/** Of an instance of an application tier. */
export function colourOf(id: string): Colour {
  return id.endsWith('-green') ? 'green' : 'blue';
}

/** Name of a broker tier's port mapper. */
export function epmdId(tier: string): string {
  return `${tier}-epmd`;
}

/** Where in the stack's block each process has its first port, and how many ports the stack needs. */
export function portOffsets(topology: Topology): { offsets: ReadonlyMap<string, number>; count: number } {
  const offsets = new Map<string, number>();
  let count = 0;
  for (const [id, ports] of topology.tiers.flatMap((tier) => portsOfTier(tier, topology))) {
    offsets.set(id, count);
    count += ports;
  }
  return { offsets, count };
}

/** The processes of a tier that listen, with how many ports in a row each has. */
function portsOfTier(tier: Tier, topology: Topology): readonly (readonly [string, number])[] {
  const plan = tier.kind === 'postgres' ? replicationPlan(tier, topology) : null;
  if (plan !== null) return replicationPorts(plan);
  const instancesOf = (colour: Colour): [string, number][] =>
    Array.from({ length: tier.instances }, (_, index) => [
      processId(tier.id, index + 1, colour),
      portsOfInstance(tier),
    ]);
  const instances = instancesOf('blue');
  if (tier.kind === 'express') return [...instances, ...instancesOf('green')];
  return tier.kind === 'rabbitmq' ? [...instances, [epmdId(tier.id), 1]] : instances;
}

/**
 * nginx has a second port for its own counters, the nodes of a Redis Cluster and of RabbitMQ one for each other, a replica
 * one for Patroni's REST interface.
 */
function portsOfInstance(tier: Tier): number {
  const two = ['nginx', 'rabbitmq'].includes(tier.kind) || isCluster(tier) || replicatedBy(tier) !== undefined;
  return two ? 2 : 1;
}
