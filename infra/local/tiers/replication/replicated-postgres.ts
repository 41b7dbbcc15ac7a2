import { z } from 'zod';
import { accountFor } from '../../account.ts';
import { databaseAccess } from '../../database-access.ts';
import type { StackProcess } from '../../../backend.ts';
import { askHttp, query } from '../../probes.ts';
import type { Secrets } from '../../secrets.ts';
import type { Site } from '../../site.ts';
import { until } from '../../until.ts';
import { connectionsOf, postgresParameters } from '../postgres-conf.ts';
import { adminUrl, checkpoint, ensureDatabase } from '../postgres-database.ts';
import { seedDatabase } from '../seed.ts';
import type { Answer } from '../tier-driver.ts';
import { etcdPorts, putIntoEtcd, startEtcd } from './etcd.ts';
import { firstNode } from './first-node.ts';
import { routesOf, startProxy } from './haproxy.ts';
import { dynamicConf, dynamicConfKey, loopWaitOf, STARTING_LOOP_WAIT_S } from './patroni-conf.ts';
import { prepareNodes, restUrl, startNode } from './patroni.ts';
import { replicasOf } from './replication-plan.ts';
import type { ReplicationPlan } from './replication-plan.ts';

const FOLLOW_MS = 30_000;

/**
 * Starts a database with its replicas: etcd, then the node that is to be the primary, its rows, then the others, which copy
 * it or catch up, and HAProxy at last, which sees them as they are. Only then the nodes get the profile's own pace.
 */
export async function startReplicated(plan: ReplicationPlan, site: Site): Promise<void> {
  const database = accountFor(['postgres', 'nobody']);
  const others = accountFor(['nobody']);
  await startEtcd(plan, others, site);
  // Nobody is there yet whom a commit could wait for.
  await configure({ ...plan, mode: 'asynchronous' }, STARTING_LOOP_WAIT_S, site);

  const nodes = prepareNodes(plan, database, site);
  const primary = firstNode(nodes);
  if (primary === undefined) throw new Error(`\`${plan.head.id}\` has no node`);
  await startNode('primary', primary, plan, database, site);
  const admin = (name: string): string => adminUrl(site.secrets.database_admin, primary.port, name);
  await ensureDatabase(plan.head, admin, databaseAccess(plan.head, site.topology, site.secrets));
  await seedDatabase(plan.head, primary.port, site);
  await checkpoint(admin);

  const replicas = nodes.filter((node) => node !== primary);
  site.progress(`starting its ${replicas.length} replicas`);
  await Promise.all(replicas.map((node) => startNode('replica', node, plan, database, site)));
  await configure(plan, STARTING_LOOP_WAIT_S, site);
  await Promise.all([awaitReplicas(plan, admin('postgres'), site), startProxy(nodes, plan, others, site)]);
  await configure(plan, loopWaitOf(plan.profile), site);
}

/** Asks any process of a replicated database whether it is well. */
export async function askReplicated({ role, port }: StackProcess, { database_admin }: Secrets): Promise<Answer> {
  if (role === 'postgres') return await askNode(adminUrl(database_admin, port, 'postgres'));
  if (role === 'haproxy') return await askProxy(port);
  await askHttp(role === 'patroni' ? restUrl(port, '/liveness') : `http://127.0.0.1:${port}/health`);
  return {};
}

async function configure(plan: ReplicationPlan, loop_wait_s: number, site: Site): Promise<void> {
  const databases = [plan.head, ...replicasOf(plan.head, site.topology)];
  const parameters = postgresParameters(plan.head, connectionsOf(databases, site.topology));
  const [port = 0] = etcdPorts(plan, site);
  await putIntoEtcd(port, dynamicConfKey(plan.head.id), dynamicConf(plan, parameters, loop_wait_s));
}

/** Resolves when all replicas follow, and one is waited for if any is to be: from then on a lost primary may be replaced. */
async function awaitReplicas({ nodes, mode }: ReplicationPlan, url: string, { signal }: Site): Promise<void> {
  const check = async (): Promise<void> => {
    const [state] = await query(url, STATE);
    const { streaming, synchronous } = countsShape.parse(state);
    if (streaming !== nodes.length - 1) throw new Error(`the primary streams to ${streaming} of ${nodes.length - 1}`);
    if (mode !== 'asynchronous' && synchronous === 0) throw new Error('the primary waits for none of them');
  };
  await until('all replicas follow the primary', check, { deadline_ms: FOLLOW_MS, signal });
}

const countsShape = z.object({ streaming: z.number(), synchronous: z.number() });

/** A replica's lag is what its primary has told it to have, less what it shows to readers. */
const STATE = `select pg_is_in_recovery() as replica,
  (select count(*)::int from pg_stat_replication where state = 'streaming') as streaming,
  (select count(*)::int from pg_stat_replication where sync_state in ('sync', 'quorum')) as synchronous,
  (select pg_wal_lsn_diff(latest_end_lsn, pg_last_wal_replay_lsn())::float8
   from pg_stat_wal_receiver where status = 'streaming') as lag_bytes`;

async function askNode(url: string): Promise<Answer> {
  const [state] = await query(url, STATE);
  if (state?.['replica'] !== true) {
    const detail = `primary, streams to ${state?.['streaming']}, waits for ${state?.['synchronous']}`;
    return { role: 'primary', detail };
  }
  const lag = state['lag_bytes'];
  if (typeof lag !== 'number') throw new Error('replica, receives nothing from a primary');
  const lag_bytes = Math.max(0, lag);
  return { role: 'replica', lag_bytes, detail: `replica, ${lag_bytes} bytes behind` };
}

async function askProxy(port: number): Promise<Answer> {
  const { writes, reads } = await routesOf(port);
  const detail = `writes to ${writes.join(', ') || 'none'}, reads from ${reads.join(', ') || writes.join(', ') || 'none'}`;
  if (writes.length !== 1) throw new Error(detail);
  return { detail };
}
