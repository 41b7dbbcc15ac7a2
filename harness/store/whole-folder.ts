import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../infra/files/make-folder.ts';
import { isLeftBehind, unfinishedName } from '../../infra/files/unfinished.ts';
import { sync } from '../../infra/files/write-whole.ts';
import { hasCode } from '../../infra/local/error-code.ts';

/**
 * Makes a folder below `root` that appears whole or not at all: `fill` gets an empty one, which then takes its name. When the name is
 * taken, also by somebody else in that moment, it is called `name-2` and so on. Returns its path. Also removes what others have left unfinished.
 */
export async function makeWholeFolder(
  root: string,
  name: string,
  fill: (folder: string) => Promise<void>,
): Promise<string> {
  await makeFolder(root);
  await removeLeftBehind(root);
  const unfinished = join(root, unfinishedName());
  try {
    await mkdir(unfinished);
    await fill(unfinished);
    await syncAll(unfinished);
    return await takeName(unfinished, join(root, name));
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** Removes what processes that have ended did not finish; returns the names. */
export async function removeLeftBehind(root: string): Promise<string[]> {
  const names = (await readdir(root)).filter(isLeftBehind);
  for (const name of names) await rm(join(root, name), { recursive: true, force: true });
  return names;
}

/** A folder takes the place of nothing or of an empty folder, never that of one that holds something; the system sees to that. */
async function takeName(unfinished: string, path: string): Promise<string> {
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? path : `${path}-${n}`;
    try {
      await rename(unfinished, candidate);
      sync(join(candidate, '..'));
      return candidate;
    } catch (error) {
      if (!hasCode(error, 'ENOTEMPTY', 'EEXIST', 'ENOTDIR')) throw error;
    }
  }
}

/** Brings all files of a folder to the disk. */
export async function syncAll(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) sync(join(entry.parentPath, entry.name));
  sync(folder);
}
