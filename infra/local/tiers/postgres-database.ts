import type { Tier } from '../../../model/topology/topology.ts';
import type { DatabaseAccess } from '../database-access.ts';
import { query } from '../probes.ts';
import { yesOrNo } from '../settings.ts';

/** URL by which the superuser reaches one database. */
export function adminUrl(password: string, port: number, database: string): string {
  return `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;
}

/** URLs by which the superuser reaches the databases of the server at a port, by their names. */
export function adminOf(password: string, port: number): (database: string) => string {
  return (database) => adminUrl(password, port, database);
}

/**
 * Makes the application's role and its database, unless they are there. The role owns the database and is no
 * superuser. Names are plain words and passwords hexadecimal, so they can stand in SQL as they are.
 */
export async function ensureDatabase(
  tier: Tier,
  admin: (database: string) => string,
  { role, database, password }: DatabaseAccess,
): Promise<void> {
  const server = admin('postgres');
  const roles = await query(server, `select 1 from pg_roles where rolname = '${role}'`);
  if (roles.length === 0) await query(server, `create role ${role} login password '${password}'`);
  const databases = await query(server, `select 1 from pg_database where datname = '${database}'`);
  if (databases.length === 0) await query(server, `create database ${database} owner ${role}`);
  if (yesOrNo(tier, 'stat_statements', false)) {
    await query(admin(database), 'create extension if not exists pg_stat_statements');
  }
}

/** Writes everything out now, so that the first checkpoint of a run is a whole interval away. */
export async function checkpoint(admin: (database: string) => string): Promise<void> {
  await query(admin('postgres'), 'checkpoint');
}
