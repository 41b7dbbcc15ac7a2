import { createHmac } from 'node:crypto';
import type { Tier, Topology } from '../../model/topology/topology.ts';
import type { Secrets } from './secrets.ts';
import { replicatedBy } from './tiers/replication/replication-plan.ts';

/** Who signs in at a database. The role owns the database and knows no other. */
export interface DatabaseAccess {
  readonly role: string;
  readonly database: string;
  readonly password: string;
}

/** Tiers of databases that are written to. */
export function writtenDatabases({ tiers }: Topology): Tier[] {
  return tiers.filter((tier) => tier.kind === 'postgres' && replicatedBy(tier) === undefined);
}

/**
 * The database of a tier, or of the tier that it replicates. Where there are several, each has a role and a password of its
 * own: the password is derived from the stack's key (HMAC-SHA-256, RFC 2104), so that it tells nothing of the others.
 */
export function databaseAccess(tier: Tier, topology: Topology, secrets: Secrets): DatabaseAccess {
  if (writtenDatabases(topology).length <= 1) return { role: 'shop', database: 'shop', password: secrets.database };
  const head = replicatedBy(tier) ?? tier.id;
  const name = `shop_${head.replaceAll('-', '_')}`;
  return { role: name, database: name, password: createHmac('sha256', secrets.database).update(head).digest('hex') };
}

/** Where a database is reached. */
export function databaseUrl({ role, database, password }: DatabaseAccess, port: number): string {
  return `postgres://${role}:${password}@127.0.0.1:${port}/${database}`;
}
