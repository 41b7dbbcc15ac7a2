import { accountFor } from '../../account.ts';
import { databaseAccess } from '../../database-access.ts';
import type { Site } from '../../site.ts';
import { turns } from '../../turns.ts';
import { until } from '../../until.ts';
import { connectionsOf, postgresParameters } from '../postgres-conf.ts';
import { adminOf, adminUrl, checkpoint, ensureDatabase } from '../postgres-database.ts';
import { seedDatabase } from '../seed.ts';
import { etcdPorts, putIntoEtcd, startEtcd } from './etcd.ts';
import { firstNode } from './first-node.ts';
import { startProxy } from './haproxy.ts';
import { nodeState } from './node-state.ts';
import { dynamicConf, dynamicConfKey, loopWaitOf, STARTING } from './patroni-conf.ts';
import type { Pace } from './patroni-conf.ts';
import { prepareNodes, startNode } from './patroni.ts';
import type { LocalNode, LocalShard } from './patroni.ts';
import { replicasOf } from './replication-plan.ts';
import type { ReplicationPlan } from './replication-plan.ts';

const FOLLOW_MS = 30_000;
/** A start is a second of computing and then waiting; more at a time would keep those that run from their leases. */
const STARTS_AT_A_TIME = 4;

/**
 * Starts databases with their replicas: etcd, then the nodes that are to be primaries, their rows, then the others, which copy
 * them or catch up, and HAProxy at last, which sees them as they are. Only then the nodes get the profile's own pace.
 */
export async function startReplicated(plan: ReplicationPlan, site: Site): Promise<void> {
  const database = accountFor(['postgres', 'nobody']);
  const others = accountFor(['nobody']);
  await startEtcd(plan, others, site);
  // Nobody is there yet whom a commit could wait for.
  await configure({ ...plan, mode: 'asynchronous' }, STARTING, site);

  const shards = plan.shards.map((shard) => chooseFirst(prepareNodes(shard, database, site)));
  const inTurn = turns(STARTS_AT_A_TIME);
  const start = (role: 'primary' | 'replica', nodes: readonly LocalNode[]): Promise<unknown> =>
    Promise.all(nodes.map((node) => inTurn(() => startNode(role, node, plan, database, site))));

  const primaries = shards.map(({ primary }) => primary);
  await start('primary', primaries);
  await fill(plan, primaries, site);
  const replicas = shards.flatMap((shard) => shard.replicas);
  site.progress(`starting ${replicas.length} replicas`);
  await start('replica', replicas);
  await configure(plan, STARTING, site);
  await Promise.all([
    ...shards.map((shard) => awaitReplicas(shard, plan, site)),
    startProxy(shards, plan, others, site),
  ]);
  await configure(plan, { loop_wait_s: loopWaitOf(plan.profile), parameters: {} }, site);
}

/** A shard with the node that is to become its primary, and all others. */
interface StartingShard extends LocalShard {
  readonly primary: LocalNode;
  readonly replicas: readonly LocalNode[];
}

function chooseFirst(shard: LocalShard): StartingShard {
  const primary = firstNode(shard.nodes);
  if (primary === undefined) throw new Error(`\`${shard.scope}\` has no node`);
  return { ...shard, primary, replicas: shard.nodes.filter((node) => node !== primary) };
}

/** Makes the application's database on every primary, and has it filled. */
async function fill({ head }: ReplicationPlan, primaries: readonly LocalNode[], site: Site): Promise<void> {
  const admins = primaries.map(({ port }) => adminOf(site.secrets.database_admin, port));
  const access = databaseAccess(head, site.topology, site.secrets);
  await Promise.all(admins.map((admin) => ensureDatabase(head, admin, access)));
  const ports = primaries.map(({ port }) => port);
  await seedDatabase(head, ports, site);
  await Promise.all(admins.map(checkpoint));
}

async function configure(plan: ReplicationPlan, pace: Pace, site: Site): Promise<void> {
  const databases = [plan.head, ...replicasOf(plan.head, site.topology)];
  const parameters = { ...postgresParameters(plan.head, connectionsOf(databases, site.topology)), ...pace.parameters };
  const [port = 0] = etcdPorts(plan, site);
  const conf = dynamicConf(plan, parameters, pace.loop_wait_s);
  await Promise.all(plan.shards.map(({ scope }) => putIntoEtcd(port, dynamicConfKey(scope), conf)));
}

/** Resolves when all replicas follow, and one is waited for if any is to be: from then on a lost primary may be replaced. */
async function awaitReplicas(
  shard: StartingShard,
  { mode }: ReplicationPlan,
  { secrets, signal }: Site,
): Promise<void> {
  const url = adminUrl(secrets.database_admin, shard.primary.port, 'postgres');
  const replicas = shard.replicas.length;
  const check = async (): Promise<void> => {
    const { streaming, synchronous } = await nodeState(url);
    if (streaming !== replicas) throw new Error(`the primary streams to ${streaming} of ${replicas}`);
    if (mode !== 'asynchronous' && synchronous === 0) throw new Error('the primary waits for none of them');
  };
  await until('all replicas follow the primary', check, { deadline_ms: FOLLOW_MS, signal });
}
