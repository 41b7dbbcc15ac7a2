import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { cleanLeftovers, examine } from '../doctor.ts';
import { createLocalBackend } from './local-backend.ts';
import { readManifest } from './manifest.ts';
import { isListening } from './ports.ts';
import { stackPaths } from './stack-paths.ts';
import { fixture, locksOf, processesOf, removeHome, shopTopology, testConfig } from './testing/test-home.ts';

const config = testConfig({ first: 28_000, end: 28_480 });
const backend = createLocalBackend(config);
const START_MS = 2_000;
const KILLS = 10;

afterAll(async () => {
  await backend.down('victim');
  removeHome(config);
});

test(
  'a starter killed at any moment leaves nothing that the next `down` does not clean up',
  { timeout: 90_000 },
  async () => {
    for (let kill = 0; kill < KILLS; kill += 1) {
      // Fresh data now and then, so that making the database is interrupted, too.
      if (kill % 4 === 0) await backend.down('victim', { purge: true });
      const kill_after_ms = ((kill + Math.random()) / KILLS) * START_MS;
      await killAfter(starter('up'), kill_after_ms);
      const ports = recordedPorts();
      const { left } = await backend.down('victim');
      const open = await Promise.all(ports.map(isListening));
      const after = {
        processes: processesOf(config.home),
        locks: locksOf(config.home),
        open: open.includes(true),
        left,
      };
      expect({ kill_after_ms, ...after }).toEqual({ kill_after_ms, processes: [], locks: [], open: false, left: [] });
    }
  },
);

test('the next `up` cleans up after a killed starter by itself', async () => {
  await killAtProgress(starter('up'), 'express');
  const stack = await backend.up(shopTopology(2), { name: 'victim', seed: 1, products: 1, users: 1 });
  const listed = stack.processes.map(({ pid }) => pid);
  const leaders = processesOf(config.home).filter((line) =>
    /fixture-app|redis\.conf|nginx: master|postgres -D/.test(line),
  );
  expect(leaders.map((line) => Number.parseInt(line, 10)).toSorted()).toEqual(listed.toSorted());
});

test('a killed `down` is completed by the next', async () => {
  const down = starter('down');
  await delay(Math.random() * 400);
  down.kill('SIGKILL');
  await ended(down);
  expect((await backend.down('victim')).left).toEqual([]);
  expect(processesOf(config.home)).toEqual([]);
});

test('doctor sees and cleans what a killed starter left', async () => {
  await killAtProgress(starter('up'), 'nginx');
  expect(leftovers()).toEqual([{ status: 'warning', detail: 'stack `victim` was left while starting' }, lockFact]);
  const { cleaned, left } = await cleanLeftovers(config);
  expect(cleaned).toContain('stack `victim` was left while starting');
  expect(left).toEqual([]);
  expect(processesOf(config.home)).toEqual([]);
  expect(locksOf(config.home)).toEqual([]);
  expect(leftovers()).toEqual([{ status: 'ok', detail: 'none' }]);
});

test.for([
  ['up-ephemeral', 'goes', ['stack `victim` was left by the command it belonged to']],
  ['up', 'stays', []],
] as const)('a stack started with %s %s when its starter is gone', async ([action, , expected]) => {
  await ended(starter(action));
  const { cleaned } = await cleanLeftovers(config);
  expect(cleaned).toEqual(expected);
  expect(processesOf(config.home).length === 0).toBe(expected.length > 0);
  await backend.down('victim');
});

const lockFact = { status: 'warning', detail: 'the holder of the lock `stack-victim` is gone' };

function leftovers(): { status: string; detail: string }[] {
  return examine(config)
    .filter(({ name }) => name === 'leftovers')
    .map(({ status, detail }) => ({ status, detail }));
}

function starter(action: 'up' | 'up-ephemeral' | 'down'): ChildProcess {
  const { first, end } = config.ports;
  return spawn(process.execPath, [fixture('starter.ts'), action, config.home, String(first), String(end)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function killAfter(child: ChildProcess, after_ms: number): Promise<void> {
  await delay(after_ms);
  child.kill('SIGKILL');
  await ended(child);
}

async function killAtProgress(child: ChildProcess, word: string): Promise<void> {
  for await (const chunk of child.stdout ?? []) {
    if (!String(chunk).includes(word)) continue;
    child.kill('SIGKILL');
    break;
  }
  await ended(child);
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

function recordedPorts(): number[] {
  const manifest = readManifest(stackPaths(config.home, 'victim').manifest);
  return (manifest?.processes ?? []).map(({ port }) => port).filter((port) => port > 0);
}
