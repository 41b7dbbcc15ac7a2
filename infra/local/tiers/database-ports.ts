import type { Tier, Topology } from '../../../model/topology/topology.ts';
import { processId } from '../port-plan.ts';
import { PROXY_PORTS, proxyId, replicationPlan } from './replication/replication-plan.ts';
import { shardsOf } from './shards.ts';

/** Where one database is reached; both are the same for one without replicas. */
export interface DatabasePorts {
  /** From 1; the only one of a database without shards is 1. */
  readonly shard: number;
  readonly write: number;
  readonly read: number;
}

/**
 * Where the application reaches the databases of a postgres tier that is written to, one a shard and in their order: HAProxy
 * where there are replicas. `portAt` tells the first port of a process.
 */
export function databasePorts(head: Tier, topology: Topology, portAt: (id: string) => number): DatabasePorts[] {
  const plan = replicationPlan(head, topology);
  return Array.from({ length: shardsOf(head) }, (_, index) => {
    const shard = index + 1;
    const port = portAt(plan === null ? processId(head.id, shard) : proxyId(head.id));
    if (plan === null) return { shard, write: port, read: port };
    return { shard, write: port + PROXY_PORTS.write({ shard }), read: port + PROXY_PORTS.read({ shard }) };
  });
}
