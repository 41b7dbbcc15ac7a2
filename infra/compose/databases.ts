import type { Tier, Topology } from '../../model/topology/topology.ts';
import { writtenDatabases } from '../local/database-access.ts';
import { PROXY_PORTS, proxyId, replicationPlan } from '../local/tiers/replication/replication-plan.ts';
import { PORTS } from './container.ts';
import { instancesOf } from './relations.ts';
import { reference } from './variables.ts';

/** Role and database of the application in a tier, with the variable that holds its password. */
export interface Login {
  readonly name: string;
  readonly password: string;
}

/** `shop` where there is one database; else each has a role, a database and a password of its own, named after its tier. */
export function loginOf(head: Tier, topology: Topology): Login {
  if (writtenDatabases(topology).length === 1) return { name: 'shop', password: 'DATABASE_PASSWORD' };
  const name = head.id.replaceAll('-', '_');
  return { name: `shop_${name}`, password: `${name.toUpperCase()}_PASSWORD` };
}

/** Where the application writes to, or reads from: one URL a shard. */
export function databaseUrls(head: Tier, topology: Topology, way: 'write' | 'read'): string {
  const { name, password } = loginOf(head, topology);
  const plan = replicationPlan(head, topology);
  const addresses =
    plan === null
      ? instancesOf(head).map((host) => `${host}:${PORTS.postgres}`)
      : plan.shards.map((shard) => `${proxyId(head.id)}:${PORTS.proxy + PROXY_PORTS[way](shard)}`);
  return addresses.map((address) => `postgres://${name}:${reference(password)}@${address}/${name}`).join(',');
}

/** Services by which a database is reached. */
export function databaseServers(head: Tier, topology: Topology): string[] {
  return replicationPlan(head, topology) === null ? instancesOf(head) : [proxyId(head.id)];
}
