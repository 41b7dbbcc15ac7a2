import type { Tier, Topology, TopologyLink } from '../../model/topology/topology.ts';
import type { Colour } from './colour.ts';
import { replicatedBy, replicationPlan, replicationPorts } from './tiers/replication/replication-plan.ts';
import { wholeNumber } from './settings.ts';
import { isCluster } from './tiers/redis-nodes.ts';

/** A stack's last check waits a second for an answer, which takes a round trip or two. */
const LINK_MS_MAX = 400;

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

/** Name of what lies between a CDN's edge and its origin, when they are some distance apart. */
export function linkId(tier: string): string {
  return `${tier}-link`;
}

/** Name of what lies between a tier and another that it calls. */
export function linkIdBetween({ from, to }: TopologyLink): string {
  return `${from}-to-${to}-link`;
}

/** How long a round trip from a CDN's edge to its origin takes; 0 for what is no CDN. */
export function linkTime_ms(tier: Tier): number {
  return tier.kind === 'cdn' ? wholeNumber(tier, 'origin_distance_ms', 0, 0, LINK_MS_MAX) : 0;
}

/** Where in the stack's block each process has its first port, and how many ports the stack needs. */
export function portOffsets(topology: Topology): { offsets: ReadonlyMap<string, number>; count: number } {
  const offsets = new Map<string, number>();
  let count = 0;
  const tiers = topology.tiers.flatMap((tier) => portsOfTier(tier, topology));
  for (const [id, ports] of [...tiers, ...portsOfLinks(topology)]) {
    offsets.set(id, count);
    count += ports;
  }
  return { offsets, count };
}

/** A CDN's is there anyway. Connections, control. */
function portsOfLinks({ tiers, links = [] }: Topology): (readonly [string, number])[] {
  const isEdge = (id: string): boolean => tiers.some((tier) => tier.id === id && tier.kind === 'cdn');
  return links.filter(({ from }) => !isEdge(from)).map((link) => [linkIdBetween(link), 2]);
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
  if (linkTime_ms(tier) > 0) return [...instances, [linkId(tier.id), 2]];
  return tier.kind === 'rabbitmq' ? [...instances, [epmdId(tier.id), 1]] : instances;
}

/**
 * nginx, also as a CDN's edge, has a second port for its own counters, the nodes of a Redis Cluster and of RabbitMQ one for each other, a replica
 * one for Patroni's REST interface.
 */
function portsOfInstance(tier: Tier): number {
  const two = ['nginx', 'cdn', 'rabbitmq'].includes(tier.kind) || isCluster(tier) || replicatedBy(tier) !== undefined;
  return two ? 2 : 1;
}
