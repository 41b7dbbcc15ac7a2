import type { Tier, Topology } from '../../model/topology/topology.ts';
import { dependency, queueTier } from '../local/dependencies.ts';
import { processId } from '../local/port-plan.ts';
import { replicatedBy } from '../local/tiers/replication/replication-plan.ts';

/** Whom a tier's processes have to know. */
export interface Relations {
  /** The tier that it writes to. */
  readonly database: Tier | undefined;
  /** Whether it reads from that one's replicas. */
  readonly reads_replicas: boolean;
  readonly cache: Tier | undefined;
  /** The Redis that holds jobs for workers. */
  readonly queue: Tier | undefined;
  readonly broker: Tier | undefined;
  readonly third_parties: Tier | undefined;
}

/** Names of all instances of a tier, which are those of their containers. */
export function instancesOf({ id, instances }: Tier): string[] {
  return Array.from({ length: instances }, (_, index) => processId(id, index + 1));
}

/** Whom an express tier or a worker has to know: those it calls, and for a worker what every worker needs. */
export function relationsOf(tier: Tier, topology: Topology): Relations {
  const database = dependency(tier, topology, 'postgres');
  const called = topology.tiers.filter(({ id }) => tier.calls.includes(id));
  const own = tier.kind === 'worker' ? dependency(tier, topology, 'external') : undefined;
  return {
    database,
    reads_replicas: called.some((other) => replicatedBy(other) === database?.id),
    cache: dependency(tier, topology, 'redis'),
    queue: queueTier(tier, topology),
    broker: dependency(tier, topology, 'rabbitmq'),
    third_parties: own ?? topology.tiers.find(({ kind }) => kind === 'external'),
  };
}
