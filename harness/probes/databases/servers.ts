import { Pool } from 'pg';
import { query } from '../../../infra/local/probes.ts';
import type { Site } from '../../instruments.ts';
import { RunError } from '../../run-error.ts';

/** Which of a stack's PostgreSQL servers are meant: those that take writes, or those that follow one. */
export const TARGETS = ['primary', 'all-primaries', 'replica', 'all-replicas'] as const;

/** A PostgreSQL of the stack, asked past any proxy. */
export interface Server {
  /** Of its process, e.g. `database-1`. */
  readonly id: string;
  readonly url: string;
  readonly replica: boolean;
  /** The same for a primary and its replicas: what `initdb` drew. */
  readonly cluster: string;
}

const ASK = 'SELECT pg_is_in_recovery() AS replica, system_identifier::text AS cluster FROM pg_control_system()';

/** All that answer now, with what they say they are. */
export async function databaseServers({ connections }: Site): Promise<Server[]> {
  const ask = async ([id, url]: readonly [string, string]): Promise<Server> => {
    const [row] = await query(url, ASK);
    return { id, url, replica: row?.['replica'] === true, cluster: String(row?.['cluster']) };
  };
  const asked = await Promise.allSettled(Object.entries(connections.postgres).map(ask));
  return asked.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
}

/** @throws RunError when the stack has none of them. */
export async function serversOf(site: Site, target: string): Promise<Server[]> {
  const replica = target === 'replica' || target === 'all-replicas';
  const found = (await databaseServers(site)).filter((server) => server.replica === replica);
  if (found.length === 0) {
    throw new RunError(
      `step ${site.stack.step} runs no PostgreSQL that is ${replica ? 'a replica' : 'a primary'}`,
      'choose another step with `--step`, or another `target`',
    );
  }
  return target.startsWith('all-') ? found : found.slice(0, 1);
}

/** So many connections to a server, open from the start and opened anew when they break. */
export async function openPool({ url }: Pick<Server, 'url'>, connections: number): Promise<Pool> {
  const pool = new Pool({ connectionString: url, max: connections, connectionTimeoutMillis: 5_000 });
  // A connection that breaks while idle says so here; a statement that it breaks under rejects.
  pool.on('error', () => undefined);
  const opened = await Promise.allSettled(Array.from({ length: connections }, () => pool.connect()));
  for (const each of opened) if (each.status === 'fulfilled') each.value.release();
  const failed = opened.find((each) => each.status === 'rejected');
  if (!failed) return pool;
  await pool.end();
  throw new RunError(
    `PostgreSQL does not take ${connections} connections: ${String(failed.reason)}`,
    'ask for fewer `connections`',
  );
}
