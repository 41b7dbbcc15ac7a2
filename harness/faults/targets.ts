import { setTimeout as delay } from 'node:timers/promises';
import type { StackProcess, StackStatus } from '../../infra/backend.ts';
import { replicasOf, replicatedBy } from '../../infra/local/tiers/replication/replication-plan.ts';
import { isCluster } from '../../infra/local/tiers/redis-nodes.ts';
import type { FaultRole, ScenarioFault } from '../../model/scenario/scenario.ts';
import type { Tier, Topology } from '../../model/topology/topology.ts';
import type { Site } from '../instruments.ts';
import { RunError } from '../run-error.ts';
import { synchronousNodes } from './synchronous-nodes.ts';

/** Processes beside the instances of a tier. */
const ATTENDANTS: readonly string[] = ['patroni', 'etcd', 'haproxy', 'epmd', 'link'];
const ATTENDANT_OF = { store: 'etcd', proxy: 'haproxy' } as const;

/** Who is what is told by the servers themselves, and one under load may not answer the first time. */
const ROLES_WITHIN_MS = 5_000;
const ASK_EVERY_MS = 250;

/** The instances of a tier that a fault is about, by what they are at this moment. @throws RunError when there are too few. */
export async function instancesHit(fault: ScenarioFault, site: Site): Promise<StackProcess[]> {
  const role = roleOf(fault, tierOf(fault.tier, site.topology), site.topology);
  const end_ms = performance.now() + (role === undefined ? 0 : ROLES_WITHIN_MS);
  for (;;) {
    try {
      return await instancesNow(fault, role, site);
    } catch (error) {
      if (!(error instanceof RunError) || performance.now() > end_ms) throw error;
    }
    await delay(ASK_EVERY_MS);
  }
}

async function instancesNow(
  fault: ScenarioFault,
  role: FaultRole | undefined,
  { backend, stack, topology }: Site,
): Promise<StackProcess[]> {
  const tier = tierOf(fault.tier, topology);
  const tiers = role === undefined ? [tier.id] : clusterOf(tier, topology);
  const living = backend.processes(stack.name).filter((process) => tiers.includes(process.tier));
  if (fault.part === 'store' || fault.part === 'proxy') {
    const attendant = ATTENDANT_OF[fault.part];
    return enough(
      fault,
      living.filter((process) => process.role === attendant),
      attendant,
    );
  }
  const instances = living.filter((process) => !ATTENDANTS.includes(process.role));
  const status = await backend.status(
    stack.name,
    instances.map(({ id }) => id),
  );
  const states = new Map((status?.processes ?? []).map((state) => [state.id, state]));
  const named = role === 'synchronous' ? await synchronousNodes(backend.processes(stack.name)) : undefined;
  const fits = ({ id }: StackProcess): boolean => {
    const state = states.get(id);
    if (state?.role === 'waiting' || (fault.shard !== undefined && !isOfShard(id, state, fault.shard))) return false;
    if (named) return named.includes(id);
    return role === undefined || state?.role === role;
  };
  return enough(fault, instances.filter(fits), role);
}

/** All processes of the database with replicas that a tier belongs to; of another tier its own. */
export function clusterOf(tier: Tier, topology: Topology): string[] {
  if (tier.kind !== 'postgres') return [tier.id];
  const head = tierOf(replicatedBy(tier) ?? tier.id, topology);
  return [head, ...replicasOf(head, topology)].map(({ id }) => id);
}

/** Whether a tier is part of a database with replicas, each node of which has a supervisor. */
export function isReplicated(tier: Tier, topology: Topology): boolean {
  return clusterOf(tier, topology).length > 1;
}

/** @throws RunError when the stack has no such tier. */
export function tierOf(id: string, topology: Topology): Tier {
  const tier = topology.tiers.find((each) => each.id === id);
  if (!tier) throw new RunError(`the stack has no tier \`${id}\``, 'choose a step that has it with `--step`');
  return tier;
}

/** Unless told otherwise, it is those who take writes that are hit, and of a tier of replicas a replica. */
function roleOf({ role, instances, part }: ScenarioFault, tier: Tier, topology: Topology): FaultRole | undefined {
  if (role !== undefined || instances === 'all' || part === 'store' || part === 'proxy') return role;
  if (isCluster(tier)) return 'master';
  if (!isReplicated(tier, topology)) return undefined;
  return replicatedBy(tier) === undefined ? 'primary' : 'replica';
}

/** A database alone is told by its number. */
function isOfShard(id: string, state: StackStatus['processes'][number] | undefined, shard: number): boolean {
  return state?.shard === shard || (state?.shard === undefined && id.endsWith(`-${shard}`));
}

function enough(fault: ScenarioFault, found: readonly StackProcess[], role: string | undefined): StackProcess[] {
  const wanted = fault.instances === 'all' ? Math.max(1, found.length) : fault.instances;
  if (found.length >= wanted) return found.slice(0, wanted);
  const what = role === undefined ? 'instances' : `processes that are ${role}`;
  const of_shard = fault.shard === undefined ? '' : ` in shard ${fault.shard}`;
  throw new RunError(
    `\`${fault.tier}\` has ${found.length} ${what}${of_shard}, not ${wanted}`,
    'look at `shop-plan status`',
  );
}
