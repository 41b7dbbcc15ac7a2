import type { Tier, TierKind, Topology } from '../../model/topology/topology.ts';
import { replicatedBy } from './tiers/replication/replication-plan.ts';

/** What any worker needs, whether its tier says so or not: where its events are, where it notes what it did, and third parties. */
const NEEDED_BY_WORKERS: readonly TierKind[] = ['postgres', 'redis', 'rabbitmq', 'external'];

/**
 * What a tier needs whether it calls it or not. Images are put into the object store by the application, and by its seeder,
 * which runs while a database is started.
 */
const NEEDED: Readonly<Partial<Record<TierKind, readonly TierKind[]>>> = {
  worker: NEEDED_BY_WORKERS,
  express: ['object-store'],
  postgres: ['object-store'],
};

/**
 * Tiers that have to be ready before this one is started: those it calls, and of each kind that any of its own needs, where it
 * calls none. What a queue calls are deliveries to workers, which come for them: it depends on nobody.
 */
export function dependenciesOf(tier: Tier, topology: Topology): Tier[] {
  if (isQueue(tier, topology)) return [];
  const called = topology.tiers.filter(({ id }) => tier.calls.includes(id));
  const lacking = (NEEDED[tier.kind] ?? []).filter((needed) => !called.some(({ kind }) => kind === needed));
  const needed = (other: Tier): boolean =>
    lacking.includes(other.kind) || (tier.kind === 'worker' && isQueue(other, topology));
  return topology.tiers.filter((other) => called.includes(other) || needed(other));
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
