import { execFileSync } from 'node:child_process';
import { mkdtemp, open, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readIfKept, readKept } from './read-kept.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shop-plan-kept-'));
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  await symlink('round', join(folder, 'round'));
  const file = await open(join(folder, 'huge'), 'w');
  await file.truncate(300e6);
  await file.close();
});
afterAll(() => rm(folder, { recursive: true }));

test.each([
  ['.', 'it is a folder'],
  ['pipe', 'it is no ordinary file'],
  ['round', 'its links go round in circles'],
  ['huge', 'it is larger than 256 MB, as no result is'],
  ['nothing', 'there is no such file'],
  ['n'.repeat(300), 'the name is too long'],
])('%s cannot be read, and it is said why', async (name, reason) => {
  const path = join(folder, name);
  await expect(readKept(path)).rejects.toMatchObject({ name: 'UnreadableFile', message: `${path}: ${reason}` });
});

test('no file is null where that is no mistake', async () => {
  expect(await readIfKept(join(folder, 'nothing'))).toBeNull();
  await expect(readIfKept(folder)).rejects.toThrow('it is a folder');
});
