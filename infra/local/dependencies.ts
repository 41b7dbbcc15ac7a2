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

/** Tiers that have to be ready before this one is started: those it calls, and those that any of its kind needs. */
export function dependenciesOf(tier: Tier, { tiers }: Topology): Tier[] {
  const needed = NEEDED[tier.kind] ?? [];
  return tiers.filter(({ id, kind }) => tier.calls.includes(id) || needed.includes(kind));
}

/** The one tier of a kind that this one depends on; for a database the one that is written to. */
export function dependency(tier: Tier, topology: Topology, kind: TierKind): Tier | undefined {
  return dependenciesOf(tier, topology).find((found) => found.kind === kind && replicatedBy(found) === undefined);
}
