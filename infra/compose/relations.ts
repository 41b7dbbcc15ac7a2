import type { Tier, Topology } from '../../model/topology/topology.ts';
import { StackError } from '../backend.ts';
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
  readonly services: readonly Tier[];
}

/** Names of all instances of a tier, which are those of their containers. */
export function instancesOf({ id, instances }: Tier): string[] {
  return Array.from({ length: instances }, (_, index) => processId(id, index + 1));
}

/** A Redis that calls workers holds their jobs: its calls are deliveries, for which it does not wait. */
export function isQueue(tier: Tier, { tiers }: Topology): boolean {
  return tier.kind === 'redis' && tiers.some(({ id, kind }) => kind === 'worker' && tier.calls.includes(id));
}

/** Which service of the application an express tier is; undefined for one that is the whole of it. */
export function serviceOf({ id, kind }: Tier): string | undefined {
  return kind === 'express' ? /^(.+)-service$/.exec(id)?.[1] : undefined;
}

/**
 * Whom an express tier or a worker has to know: those it calls, and for a worker what every worker needs, whether its tier says so
 * or not. Throws a `StackError` when several databases could be meant.
 */
export function relationsOf(tier: Tier, topology: Topology): Relations {
  const called = topology.tiers.filter(({ id }) => tier.calls.includes(id));
  const isWorker = tier.kind === 'worker';
  const known = (fits: (other: Tier) => boolean): Tier | undefined =>
    called.find(fits) ?? (isWorker ? topology.tiers.find(fits) : undefined);
  return {
    database: databaseOf(tier, topology),
    reads_replicas: called.some((other) => replicatedBy(other) !== undefined),
    cache: known((other) => other.kind === 'redis' && !isQueue(other, topology)),
    queue: known((other) => isQueue(other, topology)),
    broker: known(({ kind }) => kind === 'rabbitmq'),
    third_parties: thirdParties(called, topology),
    services: called.filter((other) => serviceOf(other) !== undefined),
  };
}

/** Tiers that have to be ready before a tier starts. */
export function neededBy(tier: Tier, topology: Topology): Tier[] {
  if (tier.kind === 'redis' || tier.kind === 'rabbitmq' || tier.kind === 'external') return [];
  const called = topology.tiers.filter(({ id }) => tier.calls.includes(id));
  if (tier.kind !== 'express' && tier.kind !== 'worker') return called;
  const { database, cache, queue, broker, third_parties, services } = relationsOf(tier, topology);
  const store = topology.tiers.find(({ kind }) => kind === 'object-store');
  const needed = [database, cache, queue, broker, third_parties, tier.kind === 'express' ? store : undefined];
  return [...new Set([...needed.filter((other) => other !== undefined), ...services])];
}

function databaseOf(tier: Tier, { tiers }: Topology): Tier | undefined {
  const written = tiers.filter((other) => other.kind === 'postgres' && replicatedBy(other) === undefined);
  const called = written.filter(({ id }) => tier.calls.includes(id));
  const possible = called.length === 0 && tier.kind === 'worker' ? written : called;
  if (possible.length <= 1) return possible[0];
  const names = possible.map(({ id }) => `\`${id}\``).join(' and ');
  throw new StackError(
    `tier \`${tier.id}\` could write to ${names}`,
    'it has to call one of them; a replica names the database that it copies in its setting `replicates`',
  );
}

/** The one that a tier calls, else the topology's first. */
function thirdParties(called: readonly Tier[], { tiers }: Topology): Tier | undefined {
  const isExternal = ({ kind }: Tier): boolean => kind === 'external';
  return called.find(isExternal) ?? tiers.find(isExternal);
}
