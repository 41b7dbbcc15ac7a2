import { Client } from 'pg';
import { z } from 'zod';
import { until } from '../../infra/local/until.ts';
import type { Site } from '../instruments.ts';

/** One database, read where it is written to. */
export interface Primary {
  readonly name: string;
  /** Of the server that answers, behind whatever leads to it. */
  readonly port: number;
  rows<Row>(shape: z.ZodType<Row>, text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Which of these tables it has. */
  tables(of: readonly string[]): Promise<Set<string>>;
}

export interface Patience {
  /** How long a database may take to be there: a failover may be under way. */
  readonly deadline_ms: number;
  readonly signal: AbortSignal;
}

/** The shipped timings of a failover take a minute. */
export const FAILOVER_MS = 90_000;
const CONNECT_MS = 2_000;
const QUERY_MS = 30_000;

/** URLs for writing, by database. */
export function primariesOf({ connections }: Pick<Site, 'connections'>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(connections.databases).map(([name, { write }]) => [name, write]));
}

/**
 * Does some reading on one connection to a primary, and again while that fails. Rejects with the last failure at the deadline, and soon when the
 * signal is aborted.
 */
export async function onPrimary<T>(
  name: string,
  url: string,
  patience: Patience,
  read: (primary: Primary) => Promise<T>,
): Promise<T> {
  let result: { readonly of: T } | undefined;
  const attempt = async (): Promise<void> => {
    result = { of: await readOnce(name, url, read) };
  };
  await until(`\`${name}\` can be read`, attempt, patience);
  if (!result) throw new Error(`\`${name}\` was read without a result`);
  return result.of;
}

async function readOnce<T>(name: string, url: string, read: (primary: Primary) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS, query_timeout: QUERY_MS });
  // A connection that breaks while idle says so here; the query's own promise carries the error that counts.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await read(await primaryOf(name, client));
  } finally {
    await client.end();
  }
}

const SERVER = 'SELECT pg_is_in_recovery() AS replica, inet_server_port() AS port';
const serverShape = z.object({ replica: z.boolean(), port: z.number() });
const TABLES = 'SELECT t AS table FROM unnest($1::text[]) AS t WHERE to_regclass(t) IS NOT NULL';
const tableShape = z.object({ table: z.string() });

/** A balancer may lead to a replica for a moment, which has not all that there is. */
async function primaryOf(name: string, client: Client): Promise<Primary> {
  const rows: Primary['rows'] = async (shape, text, values = []) =>
    z.array(shape).parse((await client.query<Record<string, unknown>>(text, [...values])).rows);
  const [server] = await rows(serverShape, SERVER);
  if (!server || server.replica) throw new Error(`port ${server?.port} is a replica's`);
  const tables: Primary['tables'] = async (of) =>
    new Set((await rows(tableShape, TABLES, [of])).map(({ table }) => table));
  return { name, port: server.port, rows, tables };
}
