import { afterAll, describe, expect, test } from 'vitest';
import type { StackStatus } from '../backend.ts';
import { createLocalBackend } from './local-backend.ts';
import { query } from './probes.ts';
import { processesOf, removeHome, replicatedTopology, testConfig } from './testing/test-home.ts';

const config = testConfig({ first: 27_200, end: 27_360 });
const backend = createLocalBackend(config);
const options = { name: 'shop', seed: 1, products: 1, users: 1 };
const patience = { timeout: 40_000, interval: 250 };

afterAll(async () => {
  await backend.down('shop');
  removeHome(config);
});

describe('a database with two replicas', { timeout: 120_000 }, () => {
  test('writes go to the primary and reads to the replicas, which have them', async () => {
    await backend.up(replicatedTopology({ failover_profile: 'lab', replication_mode: 'synchronous' }), options);
    expect(await rolesOf()).toEqual({ 'db-1': 'primary', 'copies-1': 'replica', 'copies-2': 'replica' });
    expect((await statusOf())?.processes.filter(({ healthy }) => !healthy)).toEqual([]);
    await query(url('write'), 'create table kept (n int)');
    await query(url('write'), 'insert into kept values (1)');
    await expect.poll(() => numbersAt('read'), patience).toEqual([1]);
    expect(await query(url('read'), 'select pg_is_in_recovery() as replica')).toEqual([{ replica: true }]);
    expect(await query(url('write'), 'show synchronous_commit')).toEqual([{ synchronous_commit: 'on' }]);
  });

  test('a lost primary is replaced, without the loss of what a synchronous commit was answered for', async () => {
    expect(await statusOfProcess('db-1')).toMatchObject({ detail: 'primary, streams to 2, waits for 1' });
    await query(url('write'), 'insert into kept values (2)');
    kill('db-1-patroni');
    kill('db-1');
    await expect.poll(async () => Object.values(await rolesOf()).includes('primary'), patience).toBe(true);
    await expect.poll(() => writes(3), patience).toBe(true);
    expect(await numbersAt('write')).toEqual([1, 2, 3]);
    expect((await rolesOf())['db-1']).toBeUndefined();
  });

  test('down leaves nothing, and the next start has the last primary, which the former one follows', async () => {
    expect((await backend.down('shop')).left).toEqual([]);
    expect(processesOf(config.home)).toEqual([]);
    await backend.up(
      replicatedTopology({ failover_profile: 'tuned', replication_mode: 'strict', etcd_nodes: 3 }),
      options,
    );
    expect(await rolesOf()).toMatchObject({ 'db-1': 'replica' });
    expect(await numbersAt('write')).toEqual([1, 2, 3]);
    await expect.poll(() => numbersAt('read'), patience).toEqual([1, 2, 3]);
  });

  test('a postmaster that Patroni started anew is known, and ended', async () => {
    const [primary = ''] = Object.entries(await rolesOf()).find(([, role]) => role === 'primary') ?? [];
    kill(primary);
    await expect.poll(() => writes(4), patience).toBe(true);
    await expect.poll(async () => await statusOfProcess(primary), patience).toMatchObject({ healthy: true });
    expect((await backend.down('shop')).stopped).toContain(primary);
    expect(processesOf(config.home)).toEqual([]);
  });
});

let pids: ReadonlyMap<string, number> = new Map();

async function statusOf(): Promise<StackStatus | null> {
  const status = await backend.status('shop');
  pids = new Map(status?.stack.processes.map(({ id, pid }) => [id, pid]));
  return status;
}

async function statusOfProcess(id: string): Promise<unknown> {
  return (await statusOf())?.processes.find((process) => process.id === id);
}

async function rolesOf(): Promise<Readonly<Record<string, string | undefined>>> {
  const processes = (await statusOf())?.processes ?? [];
  return Object.fromEntries(processes.flatMap(({ id, role }) => (role === undefined ? [] : [[id, role]])));
}

function kill(id: string): void {
  process.kill(pids.get(id) ?? 0, 'SIGKILL');
}

function url(way: 'write' | 'read'): string {
  return backend.connections('shop')?.databases['db']?.[way] ?? '';
}

async function numbersAt(way: 'write' | 'read'): Promise<unknown[]> {
  return (await query(url(way), 'select n from kept order by n')).map(({ n }) => n);
}

async function writes(n: number): Promise<boolean> {
  try {
    await query(url('write'), `insert into kept values (${n})`);
    return true;
  } catch {
    return false;
  }
}
