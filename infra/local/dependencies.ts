import type { Tier, TierKind, Topology } from '../../model/topology/topology.ts';
import { replicatedBy } from './tiers/replication/replication-plan.ts';

/** What any worker needs, whether its tier says so or not: where its events are, where it notes what it did, and third parties. */
const NEEDED_BY_WORKERS: readonly TierKind[] = ['postgres', 'redis', 'rabbitmq', 'external'];

/**
 * Tiers that have to be ready before this one is started: those it calls, and for workers one of each kind that any worker
 * needs. What a queue calls are deliveries to workers, which come for them: it depends on nobody.
 */
export function dependenciesOf(tier: Tier, topology: Topology): Tier[] {
  if (isQueue(tier, topology)) return [];
  const called = topology.tiers.filter(({ id }) => tier.calls.includes(id));
  if (tier.kind !== 'worker') return called;
  const lacking = NEEDED_BY_WORKERS.filter((needed) => !called.some(({ kind }) => kind === needed));
  return topology.tiers.filter(
    (other) => called.includes(other) || lacking.includes(other.kind) || isQueue(other, topology),
  );
}

/**
 * The one tier of a kind that this one depends on: for a database the one that is written to, for Redis the one that caches.
 */
export function dependency(tier: Tier, topology: Topology, kind: TierKind): Tier | undefined {
  return dependenciesOf(tier, topology).find(
    (found) => found.kind === kind && replicatedBy(found) === undefined && !isQueue(found, topology),
  );
}

/** A Redis that holds the workers' jobs, and no cache: it calls the workers. */
export function isQueue(tier: Tier, { tiers }: Topology): boolean {
  return tier.kind === 'redis' && tiers.some(({ id, kind }) => kind === 'worker' && tier.calls.includes(id));
}

/** The Redis in which this tier finds its jobs, if it is not the cache. */
export function queueTier(tier: Tier, topology: Topology): Tier | undefined {
  return dependenciesOf(tier, topology).find((found) => isQueue(found, topology));
}
