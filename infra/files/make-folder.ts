import { existsSync } from 'node:fs';
import { mkdir, rmdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { hasCode } from '../local/error-code.ts';
import { unfinishedName } from './unfinished.ts';

/**
 * Makes a folder and those above it; nothing where it is there. Node's own `recursive` never comes back where the system answers that a new
 * folder does not exist, as below /proc. Rejects with the system's error.
 */
export async function makeFolder(folder: string): Promise<void> {
  const path = resolve(folder);
  if (existsSync(path)) return;
  if (!existsSync(dirname(path))) await makeFolder(dirname(path));
  await mkdir(path).catch((error: unknown) => {
    // Somebody else was faster.
    if (!hasCode(error, 'EEXIST')) throw error;
  });
}

/** Whether anything can be made in a folder, or in the first one above it that is there: tries it, and leaves nothing. Rejects with the system's error. */
export async function tryFolder(folder: string): Promise<void> {
  let there = resolve(folder);
  while (!existsSync(there)) there = dirname(there);
  const trial = join(there, unfinishedName());
  await mkdir(trial);
  await rmdir(trial);
}
