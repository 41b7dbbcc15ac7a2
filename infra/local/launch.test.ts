import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ownAccount } from './account.ts';
import { launch } from './launch.ts';
import type { Launch } from './launch.ts';
import { readManifest } from './manifest.ts';
import type { ManifestBook } from './manifest.ts';
import { openManifest } from './open-manifest.ts';
import { makeStackFolders, stackPaths } from './stack-paths.ts';
import { processesOf, removeHome, shopTopology, testConfig } from './testing/test-home.ts';

const config = testConfig({ first: 29_040, end: 29_072 });
const paths = stackPaths(config.home, 'gate');
makeStackFolders(config.home, paths);
const never = new AbortController().signal;
afterAll(() => removeHome(config));

test('a process is in the manifest on disk before its program runs', async () => {
  const book = await newBook();
  // The program itself looks.
  const launched = await launch(program(`cat '${paths.manifest}'`), book, never);
  expect(await launched.exit).toBe(0);
  expect(readFileSync(paths.logs + '/one.log', 'utf8')).toContain(`"pid": ${launched.entry.pid}`);
  expect(readManifest(paths.manifest)?.processes.map(({ pid }) => pid)).toEqual([launched.entry.pid]);
});

test('a program whose process could not be recorded never runs', async () => {
  const book = await newBook();
  const mark = join(paths.run, 'ran');
  const full = new Proxy(book, {
    get: (target, key) => {
      if (key === 'addProcess') throw new Error('no space left on device');
      return Reflect.get(target, key, target);
    },
  });
  await expect(launch(program(`touch '${mark}'`), full, never)).rejects.toThrow('no space left');
  await expect.poll(() => processesOf(config.home)).toEqual([]);
  expect(existsSync(mark)).toBe(false);
});

test('nothing is launched after an interruption', async () => {
  const book = await newBook();
  await expect(launch(program('true'), book, AbortSignal.abort())).rejects.toThrow('aborted');
  expect(book.current.processes).toEqual([]);
});

async function newBook(): Promise<ManifestBook> {
  mkdirSync(paths.run, { recursive: true });
  return await openManifest(config, shopTopology(1), { name: 'gate', seed: 1, products: 1, users: 1 }, []);
}

function program(script: string): Launch {
  return {
    id: 'one',
    tier: 'app',
    role: 'app',
    port: 0,
    executable: '/bin/sh',
    args: ['-c', script],
    env: { PATH: '/usr/bin:/bin' },
    cwd: paths.run,
    account: ownAccount(),
    log: join(paths.logs, 'one.log'),
    stop: [],
  };
}
