import { afterAll, beforeAll, expect, test } from 'vitest';
import { query, startPostgres, startReplica } from '../../reference-app/testing/servers.ts';
import type { TestServer } from '../../reference-app/testing/servers.ts';
import { Heartbeat } from './replication/heartbeat.ts';

let primary: TestServer;
let replica: TestServer;

beforeAll(async () => {
  primary = await startPostgres();
  replica = await startReplica(primary);
});
afterAll(async () => {
  await replica.stop();
  await primary.stop();
});

test('a replica that shows rows late is behind until it does, in time and in bytes', async () => {
  await query(primary.url, 'CREATE TABLE bulk (text text)');
  const heartbeat = new Heartbeat(primary.url, [primary.url, replica.url]);
  await heartbeat.start();
  await expect.poll(() => beats(replica)).toBeGreaterThan(1);
  await query(replica.url, 'SELECT pg_wal_replay_pause()');
  await expect.poll(() => query(replica.url, 'SELECT pg_get_wal_replay_pause_state() AS s')).toEqual([{ s: 'paused' }]);
  const paused_ms = Date.now();
  await query(primary.url, `INSERT INTO bulk SELECT repeat('x', 1000) FROM generate_series(1, 1000)`);
  const seen = await beats(primary);
  await expect.poll(() => beats(primary)).toBeGreaterThan(seen + 1);
  await query(replica.url, 'SELECT pg_wal_replay_resume()');
  await expect.poll(() => beats(replica), { timeout: 10_000 }).toBeGreaterThan(seen + 1);

  const samples = await heartbeat.stop();
  const behind = samples.filter(({ at_ms }) => at_ms >= paused_ms);
  expect(Math.max(...behind.map(({ lag_bytes }) => lag_bytes))).toBeGreaterThan(1_000_000);
  expect(behind.every(({ lag_s }) => lag_s > 0)).toBe(true);
  expect(await beats(primary)).toBe(-1);
});

/** The newest row at one server; -1 when the table is gone. */
async function beats({ url }: TestServer): Promise<number> {
  const [{ there } = { there: false }] = await query<{ there: boolean }>(
    url,
    `SELECT to_regclass('replication_heartbeat') IS NOT NULL AS there`,
  );
  if (!there) return -1;
  const [row] = await query<{ n: string }>(url, 'SELECT coalesce(max(n), 0) AS n FROM replication_heartbeat');
  return Number(row?.n);
}
