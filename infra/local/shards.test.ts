import { afterAll, describe, expect, test } from 'vitest';
import type { StackStatus } from '../backend.ts';
import { createLocalBackend } from './local-backend.ts';
import { query } from './probes.ts';
import { processesOf, removeHome, shardedTopology, testConfig } from './testing/test-home.ts';

const config = testConfig({ first: 26_800, end: 26_960 });
const backend = createLocalBackend(config);
const options = { name: 'urls', seed: 1, products: 1, users: 1 };
const patience = { timeout: 40_000, interval: 250 };

afterAll(async () => {
  await backend.down('urls', { purge: true });
  removeHome(config);
});

describe('two shards with a replica each', { timeout: 120_000 }, () => {
  test('each shard is a database of its own, written at its primary and read at its replica', async () => {
    const stack = await backend.up(shardedTopology(2, 1, { failover_profile: 'lab' }), options);
    expect(Object.keys(databases())).toEqual(['db-1', 'db-2']);
    expect(await shardsAt('write')).toEqual([1, 2]);
    expect(await toldAt(stack.base_url)).toEqual({
      sharding: 'consistent-hash',
      write: urls('write'),
      read: urls('read'),
    });
    await expect.poll(() => shardsAt('read'), patience).toEqual([1, 2]);
    const read = await query(databases()['db-2']?.read ?? '', 'select pg_is_in_recovery() as replica');
    expect(read).toEqual([{ replica: true }]);
  });

  test('status tells the shard of each node', async () => {
    const status = await statusOf();
    expect(status?.processes.filter(({ healthy }) => !healthy)).toEqual([]);
    const details = status?.processes.flatMap(({ id, role, detail }) =>
      role === undefined ? [] : [[id, role, detail]],
    );
    expect(details?.toSorted()).toEqual([
      ['copies-1', 'replica', expect.stringMatching(/^replica of shard 1, \d+ bytes behind$/)],
      ['copies-2', 'replica', expect.stringMatching(/^replica of shard 2, \d+ bytes behind$/)],
      ['db-1', 'primary', 'primary of shard 1, streams to 1, waits for 0'],
      ['db-2', 'primary', 'primary of shard 2, streams to 1, waits for 0'],
    ]);
    expect(status?.processes.find(({ id }) => id === 'db-proxy-1')?.detail).toBe(
      'shard 1: writes to db-1, reads from copies-1; shard 2: writes to db-2, reads from copies-2',
    );
  });

  test('a lost primary is replaced by a node of its shard, and the other shard does not notice', async () => {
    const [other] = await query(databases()['db-1']?.write ?? '', 'select pg_postmaster_start_time()::text as since');
    const pids = new Map((await statusOf())?.stack.processes.map(({ id, pid }) => [id, pid]));
    process.kill(pids.get('db-2-patroni') ?? 0, 'SIGKILL');
    process.kill(pids.get('db-2') ?? 0, 'SIGKILL');
    await expect.poll(() => roleOf('copies-2'), patience).toBe('primary');
    await expect.poll(() => shardsAt('write'), patience).toEqual([1, 2]);
    await query(databases()['db-2']?.write ?? '', "insert into urls values ('after', 'https://after.invalid')");
    expect([await roleOf('db-1'), await roleOf('copies-1')]).toEqual(['primary', 'replica']);
    const since = await query(databases()['db-1']?.write ?? '', 'select pg_postmaster_start_time()::text as since');
    expect(since).toEqual([other]);
  });

  test('the next start has what each shard had', async () => {
    expect((await backend.down('urls')).left).toEqual([]);
    expect(processesOf(config.home)).toEqual([]);
    await backend.up(shardedTopology(2, 1, { failover_profile: 'tuned' }), options);
    expect(await shardsAt('write')).toEqual([1, 2]);
    const found = await query(databases()['db-2']?.write ?? '', "select url from urls where code = 'after'");
    expect(found).toEqual([{ url: 'https://after.invalid' }]);
    expect((await backend.down('urls')).left).toEqual([]);
  });
});

test('shards without replicas are servers of their own', { timeout: 60_000 }, async () => {
  const stack = await backend.up(shardedTopology(3, 0, { sharding: 'modulo' }), options);
  expect(await toldAt(stack.base_url)).toEqual({ sharding: 'modulo', write: urls('write') });
  expect(await shardsAt('write')).toEqual([1, 2, 3]);
  expect(await shardsAt('read')).toEqual([1, 2, 3]);
  const status = await statusOf();
  expect(status?.processes.filter(({ healthy }) => !healthy)).toEqual([]);
  expect(status?.processes.find(({ id }) => id === 'db-3')?.detail).toBe('shard 3');
  expect((await backend.down('urls')).left).toEqual([]);
  expect(processesOf(config.home)).toEqual([]);
});

function databases(): Readonly<Record<string, { readonly write: string; readonly read: string }>> {
  return backend.connections('urls')?.databases ?? {};
}

function urls(way: 'write' | 'read'): string[] {
  return Object.values(databases()).map((database) => database[way]);
}

/** Where an instance was told that its databases are. */
async function toldAt(base_url: string): Promise<unknown> {
  return await (await fetch(`${base_url}/told`)).json();
}

/** What each shard says that it is. Undefined for one that does not answer. */
async function shardsAt(way: 'write' | 'read'): Promise<unknown[]> {
  return await Promise.all(
    Object.values(databases()).map(async (database) => {
      try {
        const [row] = await query(database[way], 'select number from shard');
        return row?.['number'];
      } catch {
        return undefined;
      }
    }),
  );
}

function statusOf(): Promise<StackStatus | null> {
  return backend.status('urls');
}

async function roleOf(id: string): Promise<string | undefined> {
  return (await statusOf())?.processes.find((process) => process.id === id)?.role;
}
