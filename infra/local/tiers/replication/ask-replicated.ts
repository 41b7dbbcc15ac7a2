import type { StackProcess } from '../../../backend.ts';
import { askHttp } from '../../probes.ts';
import type { Secrets } from '../../secrets.ts';
import { adminUrl } from '../postgres-database.ts';
import type { Answer } from '../tier-driver.ts';
import { routesOf } from './haproxy.ts';
import type { Routes } from './haproxy.ts';
import { nodeState } from './node-state.ts';
import { restUrl } from './patroni.ts';
import type { ReplicationPlan } from './replication-plan.ts';

/** Asks any process of a replicated database whether it is well. */
export async function askReplicated(
  { id, role, port }: StackProcess,
  plan: ReplicationPlan,
  { database_admin }: Secrets,
): Promise<Answer> {
  if (role === 'postgres') return await askNode(adminUrl(database_admin, port, 'postgres'), shardOf(id, plan));
  if (role === 'haproxy') return await askProxy(plan, port);
  await askHttp(role === 'patroni' ? restUrl(port, '/liveness') : `http://127.0.0.1:${port}/health`);
  return {};
}

/** Undefined where there are no shards. */
function shardOf(id: string, { shards }: ReplicationPlan): number | undefined {
  return shards.length === 1 ? undefined : shards.find(({ nodes }) => nodes.some((node) => node.id === id))?.shard;
}

async function askNode(url: string, shard: number | undefined): Promise<Answer> {
  const of_shard = shard === undefined ? '' : ` of shard ${shard}`;
  const which = shard === undefined ? {} : { shard };
  const { replica, streaming, synchronous, lag_bytes } = await nodeState(url);
  if (!replica) {
    return {
      role: 'primary',
      ...which,
      detail: `primary${of_shard}, streams to ${streaming}, waits for ${synchronous}`,
    };
  }
  if (lag_bytes === null) throw new Error(`replica${of_shard}, receives nothing from a primary`);
  const behind = Math.max(0, lag_bytes);
  return { role: 'replica', ...which, lag_bytes: behind, detail: `replica${of_shard}, ${behind} bytes behind` };
}

async function askProxy(plan: ReplicationPlan, port: number): Promise<Answer> {
  const routes = await routesOf(plan, port);
  const detail = routes.map((route) => describe(route, routes.length > 1)).join('; ');
  if (routes.some(({ writes }) => writes.length !== 1)) throw new Error(detail);
  return { detail };
}

function describe({ shard, writes, reads }: Routes, several: boolean): string {
  const to = writes.join(', ') || 'none';
  return `${several ? `shard ${shard}: ` : ''}writes to ${to}, reads from ${reads.join(', ') || to}`;
}
