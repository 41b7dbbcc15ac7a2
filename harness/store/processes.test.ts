import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { unfinishedName } from '../../infra/files/unfinished.ts';

const KEEP_MANY = join(import.meta.dirname, 'testing/keep-many.ts');

let root: string;
beforeEach(async () => void (root = await mkdtemp(join(tmpdir(), 'shop-plan-runs-'))));
afterEach(() => rm(root, { recursive: true }));

function keepMany(count: number): ChildProcessByStdio<null, Readable, null> {
  return spawn(process.execPath, [KEEP_MANY, root, String(count)], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Names of the store with what their results say. */
async function runsIn(folder: string): Promise<Map<string, string>> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.'));
  return new Map(
    await Promise.all(
      names.map(async (name): Promise<[string, string]> => {
        return [name, await readFile(join(folder, name, 'result.json'), 'utf8')];
      }),
    ),
  );
}

test('processes that keep runs at once never take the same name', async () => {
  const children = Array.from({ length: 4 }, () => keepMany(15));
  const said = await Promise.all(children.map(({ stdout }) => text(stdout)));
  const kept = said.flatMap((lines) => lines.trim().split('\n'));
  expect(kept).toHaveLength(60);
  expect(new Set(kept).size).toBe(60);
  const runs = await runsIn(root);
  expect(runs.size).toBe(60);
  expect(new Set(runs.values()).size).toBe(60);
  expect((await readdir(root)).filter((name) => name.startsWith('.'))).toEqual([]);
});

test('a process that is killed while it keeps runs leaves whole ones, and what it left behind goes with the next', async () => {
  const child = keepMany(1_000);
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'close');
  const leftBehind = unfinishedName().replace(/\d+\.\d+/, `${child.pid}.1`);
  await mkdir(join(root, leftBehind, 'histograms'), { recursive: true });
  const ownUnfinished = unfinishedName();
  await mkdir(join(root, ownUnfinished));
  const left = await runsIn(root);
  expect(left.size).toBeGreaterThan(0);
  for (const result of left.values()) expect(result).toMatch(new RegExp(`^run \\d+ of ${child.pid}$`));
  await once(keepMany(1), 'close');
  expect((await readdir(root)).filter((name) => name.startsWith('.'))).toEqual([ownUnfinished]);
});
