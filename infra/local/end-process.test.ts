import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { endProcesses } from './end-process.ts';
import { identityOf, isAlive } from './identity.ts';

const started: ChildProcess[] = [];

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

test('a later process with the pid of a recorded one is never signalled', async () => {
  const pid = await start('exec sleep 60');
  const { start_ticks } = identityOf(pid);
  const recorded = { pid, start_ticks: start_ticks - 1, stop: [{ signal: 'SIGTERM', wait_ms: 50 } as const] };
  expect(isAlive(recorded)).toBe(false);
  expect(await endProcesses([recorded])).toEqual({ left: [] });
  expect(isAlive({ pid, start_ticks })).toBe(true);
});

test('a process that ends at its first signal gets no other', async () => {
  const pid = await start('trap "exit 7" TERM; echo ready; while :; do read -r line; done', true);
  const exit = once(started[0] ?? process, 'exit');
  await endProcesses([{ ...identityOf(pid), stop: [{ signal: 'SIGTERM', wait_ms: 5_000 }] }]);
  expect(await exit).toEqual([7, null]);
});

test('what ignores its signals is killed together with its group', async () => {
  const pid = await start('trap "" TERM; sleep 60 & echo $!; wait; wait', true);
  const child_pid = Number(said);
  const target = { ...identityOf(pid), stop: [{ signal: 'SIGTERM', wait_ms: 50 } as const] };
  const child = identityOf(child_pid);
  expect(await endProcesses([target])).toEqual({ left: [] });
  await expect.poll(() => isAlive(child)).toBe(false);
});

test('what is gone already counts as ended', async () => {
  const gone = { pid: 2 ** 22 + 1, start_ticks: 1, stop: [] };
  expect(await endProcesses([gone])).toEqual({ left: [] });
});

let said = '';

async function start(script: string, speaks = false): Promise<number> {
  const child = spawn('/bin/sh', ['-c', script], { detached: true, stdio: ['pipe', 'pipe', 'inherit'] });
  started.push(child);
  await once(child, 'spawn');
  if (speaks) said = String((await once(child.stdout, 'data'))[0]);
  return child.pid ?? 0;
}
