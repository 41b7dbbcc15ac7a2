import type { StackProcess } from '../../infra/backend.ts';
import type { FaultPart, ScenarioFault } from '../../model/scenario/scenario.ts';
import type { Site } from '../instruments.ts';
import { clusterOf, instancesHit, isReplicated, tierOf } from './targets.ts';

/** Who a fault of processes is about. */
export interface ProcessesHit {
  /** In the order in which they are hit: a supervisor before what it would repair. */
  readonly processes: readonly StackProcess[];
  /** Those and others that may go down with them. */
  readonly shaken: readonly string[];
}

/** @throws RunError when there are too few. */
export async function processesHit(fault: ScenarioFault, site: Site): Promise<ProcessesHit> {
  const instances = await instancesHit(fault, site);
  const tier = tierOf(fault.tier, site.topology);
  const all = site.backend.processes(site.stack.name);
  if (!isReplicated(tier, site.topology)) return { processes: instances, shaken: instances.map(({ id }) => id) };
  const cluster = clusterOf(tier, site.topology);
  // A node is restarted as a replica, also a living one that can no longer be the primary.
  const postmasters = all.filter((process) => process.role === 'postgres' && cluster.includes(process.tier));
  const processes = instances.flatMap((node) => partsOf(node, fault.part ?? 'both', all));
  return { processes, shaken: [...processes, ...postmasters].map(({ id }) => id) };
}

function partsOf(node: StackProcess, part: FaultPart, all: readonly StackProcess[]): StackProcess[] {
  const supervisor = all.filter(({ id }) => id === `${node.id}-patroni`);
  if (part === 'both') return [...supervisor, node];
  return part === 'supervisor' ? supervisor : [node];
}

/** Rejects with the first of the processes that is not well. */
export async function assertWell(ids: readonly string[], { backend, stack }: Site): Promise<void> {
  const status = await backend.status(stack.name, ids);
  if (!status) throw new Error(`stack \`${stack.name}\` is gone`);
  const ill = status.processes.find(({ healthy }) => !healthy);
  if (ill) throw new Error(`${ill.id}: ${ill.detail}`);
}
