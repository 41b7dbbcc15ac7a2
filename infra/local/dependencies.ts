import type { Tier, TierKind, Topology } from '../../model/topology/topology.ts';
import { replicatedBy } from './tiers/replication/replication-plan.ts';

/** What any worker needs, whether its tier says so or not: where its events are, where it notes what it did, and third parties. */
const NEEDED_BY_WORKERS: readonly TierKind[] = ['postgres', 'redis', 'rabbitmq', 'external'];

/** Tiers that have to be ready before this one is started: those it calls, and for workers all that any worker needs. */
export function dependenciesOf(tier: Tier, { tiers }: Topology): Tier[] {
  const needed = tier.kind === 'worker' ? NEEDED_BY_WORKERS : [];
  return tiers.filter(({ id, kind }) => tier.calls.includes(id) || needed.includes(kind));
}

/** The one tier of a kind that this one depends on; for a database the one that is written to. */
export function dependency(tier: Tier, topology: Topology, kind: TierKind): Tier | undefined {
  return dependenciesOf(tier, topology).find((found) => found.kind === kind && replicatedBy(found) === undefined);
}
