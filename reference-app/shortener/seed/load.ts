import { readFile } from 'node:fs/promises';
import { Client } from 'pg';
import { copyRows, type Cell } from '../../seed/copy.ts';
import { ForeignDataError } from '../../seed/load.ts';
import { placementOf, type Sharding } from '../placement.ts';
import { makeUrls } from './urls.ts';

/** Changes with the generated data, so that data of an older form is replaced. */
const FORMAT = 1;
/** Any number will do; it keeps two seeds of one database apart. */
const SEED_LOCK = 7_305_113;
/** When the service opened: fixed, so that the same seed is the same data. */
const OPENED_AT = '2026-01-01T00:00:00Z';

export interface ShortenerSeedPlan {
  readonly seed: number;
  readonly urls: number;
  readonly sharding: Sharding;
}

/**
 * Applies the schema to every shard and loads those URLs of a seed that belong there, replacing those of another seed or of
 * another placement. How many shards did not have them yet. Each shard is one transaction: an interrupted seed leaves what was there.
 */
export async function loadShards(databaseUrls: readonly string[], plan: ShortenerSeedPlan): Promise<number> {
  const outcomes = await Promise.all(
    databaseUrls.map((url, shard) => loadShard(url, shard, databaseUrls.length, plan)),
  );
  return outcomes.filter((outcome) => outcome === 'loaded').length;
}

async function loadShard(
  connectionString: string,
  shard: number,
  shards: number,
  plan: ShortenerSeedPlan,
): Promise<'loaded' | 'skipped'> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 5_000, application_name: 'shortener-seed' });
  await client.connect();
  try {
    await client.query('SET client_min_messages = warning');
    await client.query('SELECT pg_advisory_lock($1)', [SEED_LOCK]);
    await client.query(await readFile(new URL('../schema.sql', import.meta.url), 'utf8'));
    const info = [FORMAT, plan.seed, plan.urls, `${plan.sharding} ${shard} of ${shards}`];
    if (await holds(client, info)) return 'skipped';
    await client.query('BEGIN');
    await client.query('TRUNCATE urls, clicks, seed_info');
    const belongs = placementOf(plan.sharding, shards);
    await copyRows(
      client,
      'urls',
      'code, address, created_at',
      rowsOf(plan, (code) => belongs(code) === shard),
    );
    await client.query('INSERT INTO seed_info (format, seed, urls, placement) VALUES ($1, $2, $3, $4)', info);
    await client.query('COMMIT');
    await client.query('VACUUM (ANALYZE)');
    return 'loaded';
  } finally {
    // Closing the connection rolls back what is open and releases the lock.
    await client.end();
  }
}

async function holds(client: Client, info: readonly unknown[]): Promise<boolean> {
  const { rows } = await client.query<{ same: boolean }>(
    'SELECT format = $1 AND seed = $2 AND urls = $3 AND placement = $4 AS same FROM seed_info',
    [...info],
  );
  const [found] = rows;
  if (found !== undefined) return found.same;
  const { rowCount } = await client.query('SELECT FROM urls LIMIT 1');
  if (rowCount !== 0) throw new ForeignDataError('urls');
  return false;
}

function* rowsOf({ seed, urls }: ShortenerSeedPlan, belongs: (code: string) => boolean): Generator<Cell[]> {
  for (const { code, address } of makeUrls(seed, urls)) if (belongs(code)) yield [code, address, OPENED_AT];
}
