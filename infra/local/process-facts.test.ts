import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { membersOf, treeUsage } from './process-facts.ts';
import type { ProcessTable } from './process-facts.ts';

test('counts a tree: the root, its living children, and the time of those that ended', async () => {
  // A child that burns some time and ends, then one that stays.
  const burn = 'i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done';
  const root = spawn('/bin/sh', ['-c', `sh -c '${burn}'; sleep 60 & echo ready; read -r line; kill $!`], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(root.stdout, 'data');
  const usage = treeUsage(root.pid ?? 0);
  expect(usage.processes).toBe(2);
  expect(usage.cpu_s).toBeGreaterThan(0);
  expect(usage.memory_bytes).toBeGreaterThan(500_000);
  expect(usage.memory_bytes).toBeLessThan(20_000_000);
  root.stdin.end('\n');
  await once(root, 'exit');
  expect(treeUsage(root.pid ?? 0)).toEqual({ cpu_s: 0, memory_bytes: 0, processes: 0 });
});

test('counts this process about as the runtime itself does', () => {
  const { user, system } = process.cpuUsage();
  const usage = treeUsage(process.pid);
  // Resolution is a clock tick each for user and system time.
  expect(usage.cpu_s).toBeGreaterThan((user + system) / 1e6 - 0.05);
  expect(usage.memory_bytes).toBeGreaterThan(process.memoryUsage().rss / 2);
});

test('of a process and its descendants, others can be left out with what is below them', () => {
  const stat = (pid: number, parent: number) =>
    [pid, { pid, parent, state: 'S', group: 1, own_ticks: 0, reaped_ticks: 0, start_ticks: 0 }] as const;
  const table: ProcessTable = new Map([stat(1, 0), stat(2, 1), stat(3, 2), stat(4, 1), stat(5, 9)]);
  const pids = (others?: ReadonlySet<number>): number[] => membersOf(1, table, others).map(({ pid }) => pid);
  expect(pids()).toEqual([1, 2, 4, 3]);
  expect(pids(new Set([2]))).toEqual([1, 4]);
});
