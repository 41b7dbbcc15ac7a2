import { z } from 'zod';
import { NAMESPACE } from '../../../infra/local/tiers/replication/patroni-conf.ts';
import { routesOf } from '../../../infra/local/tiers/replication/haproxy.ts';
import {
  etcdId,
  proxyId,
  replicatedBy,
  replicationPlan,
} from '../../../infra/local/tiers/replication/replication-plan.ts';
import type { ReplicationPlan } from '../../../infra/local/tiers/replication/replication-plan.ts';
import { instancesOf, shardsOf } from '../../../infra/local/tiers/shards.ts';
import { processId } from '../../../infra/local/port-plan.ts';
import type { Tier } from '../../../model/topology/topology.ts';
import type { Site } from '../../instruments.ts';

/** One database that can be lost: a server, or several that replace each other. */
export interface WatchedDatabase {
  /** As `Site.connections` names it. */
  readonly name: string;
  /** Where it is written to. */
  readonly write_url: string;
  readonly nodes: readonly WatchedNode[];
  /** Node that etcd names as the leader; null when there is none. Absent without replicas. */
  readonly leader?: () => Promise<string | null>;
  /** Nodes that HAProxy sends writes to. Absent without replicas. */
  readonly writesTo?: () => Promise<readonly string[]>;
  /** Where each timeline ended, of the node with this id. Absent without replicas. */
  readonly timelines?: (node: string) => Promise<readonly Timeline[]>;
}

export interface WatchedNode {
  readonly id: string;
  readonly port: number;
  readonly url: string;
}

/** A timeline of the write-ahead log, and how far it came before another one began. */
export interface Timeline {
  readonly timeline: number;
  readonly end_bytes: number;
}

const ANSWER_MS = 500;

/** The databases that a scenario's faults are about; all that are written to when they are about none. */
export function watchedDatabases(site: Site): WatchedDatabase[] {
  const heads = site.topology.tiers.filter((tier) => tier.kind === 'postgres' && replicatedBy(tier) === undefined);
  const named = new Set(site.scenario.faults.map(({ tier }) => tier));
  const hit = heads.filter(({ id }) => named.has(id));
  return (hit.length > 0 ? hit : heads).flatMap((head) => databasesOf(head, site));
}

function databasesOf(head: Tier, site: Site): WatchedDatabase[] {
  const plan = replicationPlan(head, site.topology);
  const shards = Array.from({ length: shardsOf(head) }, (_, index) => index + 1);
  return shards.flatMap((shard): WatchedDatabase[] => {
    const name = shards.length === 1 ? head.id : processId(head.id, shard);
    const database = site.connections.databases[name];
    if (!database) return [];
    const ids = plan
      ? (plan.shards[shard - 1]?.nodes ?? []).map(({ id }) => id)
      : instancesOf(head, shard).map((instance) => processId(head.id, instance));
    const nodes = ids.map((id) => ({ id, port: portOf(id, site), url: site.connections.postgres[id] ?? '' }));
    return [{ name, write_url: database.write, nodes, ...(plan && supervision(plan, shard, site)) }];
  });
}

function supervision(
  plan: ReplicationPlan,
  shard: number,
  site: Site,
): Pick<Required<WatchedDatabase>, 'leader' | 'writesTo' | 'timelines'> {
  const scope = plan.shards[shard - 1]?.scope ?? '';
  const proxy_port = portOf(proxyId(plan.head.id), site);
  const etcd_port = portOf(etcdId(plan.head.id, 1), site);
  return {
    leader: () => leaderOf(etcd_port, scope),
    writesTo: async () => (await routesOf(plan, proxy_port)).find((route) => route.shard === shard)?.writes ?? [],
    timelines: (node) => timelinesOf(portOf(`${node}-patroni`, site)),
  };
}

const leaderShape = z.object({ kvs: z.array(z.object({ value: z.string() })).optional() });

/** Speaks etcd's JSON gateway, in which keys and values are base64. */
async function leaderOf(port: number, scope: string): Promise<string | null> {
  const key = Buffer.from(`${NAMESPACE}${scope}/leader`).toString('base64');
  const response = await fetch(`http://127.0.0.1:${port}/v3/kv/range`, {
    method: 'POST',
    body: JSON.stringify({ key }),
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  const [entry] = leaderShape.parse(await response.json()).kvs ?? [];
  return entry ? Buffer.from(entry.value, 'base64').toString() : null;
}

const historyShape = z.array(z.tuple([z.number(), z.number()]).rest(z.unknown()));

/** Patroni keeps the history of timelines: number, and the position at which the next one began. */
async function timelinesOf(rest_port: number): Promise<Timeline[]> {
  const response = await fetch(`http://127.0.0.1:${rest_port}/history`, { signal: AbortSignal.timeout(ANSWER_MS) });
  return historyShape.parse(await response.json()).map(([timeline, end_bytes]) => ({ timeline, end_bytes }));
}

function portOf(id: string, { stack }: Site): number {
  return stack.processes.find((process) => process.id === id)?.port ?? 0;
}
