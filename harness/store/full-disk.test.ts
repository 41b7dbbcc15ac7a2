import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const KEEP = join(import.meta.dirname, 'testing/keep-too-much.ts');
const execute = promisify(execFile);

let root: string;
beforeEach(async () => void (root = await mkdtemp(join(tmpdir(), 'shop-plan-full-'))));
afterEach(() => rm(root, { recursive: true }));

/** A file system of its own in a name space of its own: it goes with the process. */
const SMALL_DISK = [
  'unshare',
  '-rm',
  'sh',
  '-c',
  'mount -t tmpfs -o size=400k tmpfs "$1" && exec "$2" "$3" "$1"',
  'sh',
];
const SMALL_FILES = ['sh', '-c', 'ulimit -f 512 && exec "$2" "$3" "$1"', 'sh'];

const canMount = spawnSync('unshare', ['-rm', 'sh', '-c', `mount -t tmpfs tmpfs ${tmpdir()}`]).status === 0;

async function keepIn([command = '', ...args]: readonly string[]): Promise<unknown> {
  const { stdout } = await execute(command, [...args, root, process.execPath, KEEP]);
  return JSON.parse(stdout);
}

/** What is said of each folder, and that all is as it was before. */
function wholeAfter(says: (folder: string) => string): unknown {
  return {
    told: ['/runs', '', '/calibrations'].map((folder) => expect.stringMatching(`^${says(`${root}${folder}`)}`)),
    sizes: [5, expect.any(Number), 5],
    names: [
      'calibrations',
      'calibrations/shop-step-2.json',
      'ledger-shop.json',
      'runs',
      'runs/simulated-peak-step-3',
      'runs/simulated-peak-step-3/result.json',
    ],
  };
}

describe('what was kept before is whole, nothing lies beside it, and it is said what is missing and where', () => {
  test.skipIf(!canMount)('on a disk that is full', async () => {
    const says = (folder: string): string =>
      `no room in ${folder}: 1(\\.\\d+)? MB are to be kept, and \\d+ kB are free; nothing was changed; .*runs prune`;
    expect(await keepIn(SMALL_DISK)).toEqual(wholeAfter(says));
  });

  test('where files may not be so large', async () => {
    const says = (folder: string): string =>
      `cannot write in ${folder}: files may not be so large .*; nothing was changed`;
    expect(await keepIn(SMALL_FILES)).toEqual(wholeAfter(says));
  });
});
