import { createHash } from 'node:crypto';
import { cp, readFile, readdir } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { keepingIn } from './keeping.ts';
import { filesIn, storedRuns } from './stored-runs.ts';
import type { StoredRun } from './stored-runs.ts';
import { makeWholeFolder } from './whole-folder.ts';

/** The name that a run has in the store, and whether it was there already; or why it cannot be copied. */
export type MergedRun =
  | { readonly as: string; readonly isNew: boolean }
  /** Lower case, no full stop. */
  | { readonly problem: string };

/**
 * Copies a run into a store. One that is there already with the same content is left as it is; one of the same name and another content is
 * called `name-2` and so on. Throws a `RunError` when there is no room.
 */
export async function mergeRun(from: StoredRun, root: string): Promise<MergedRun> {
  const odd = await whatIsNoFile(from.path);
  if (odd !== undefined) return { problem: `\`${odd}\` is neither a file nor a folder` };
  const content = await contentOf(from.path);
  for (const each of await storedRuns(root)) {
    if (!isNameOf(from.run, each.run) || each.size_bytes !== from.size_bytes) continue;
    if ((await contentOf(each.path)) === content) return { as: each.run, isNew: false };
  }
  const fill = (folder: string): Promise<void> => cp(from.path, folder, { recursive: true, preserveTimestamps: true });
  const path = await keepingIn(root, from.size_bytes, () => makeWholeFolder(root, from.run, fill));
  return { as: basename(path), isNew: true };
}

/** The name itself, or with a number behind it, as names are made unique. */
function isNameOf(name: string, candidate: string): boolean {
  return candidate === name || (candidate.startsWith(`${name}-`) && /^\d+$/.test(candidate.slice(name.length + 1)));
}

/** A link could point anywhere, and a pipe would be waited for. */
async function whatIsNoFile(folder: string): Promise<string | undefined> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const odd = entries.find((entry) => !entry.isFile() && !entry.isDirectory());
  return odd && relative(folder, join(odd.parentPath, odd.name));
}

/** A hash of all files with their names. */
async function contentOf(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const { name, size_bytes } of await filesIn(folder))
    hash.update(`${name}\0${size_bytes}\0`).update(await readFile(join(folder, name)));
  return hash.digest('hex');
}
