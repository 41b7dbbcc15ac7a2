import { lstat, readdir } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { hasCode } from '../../infra/local/error-code.ts';

/** A folder of the store, whatever it holds. */
export interface StoredRun {
  /** Name of the folder. */
  readonly run: string;
  readonly path: string;
  /** Of all its files. */
  readonly size_bytes: number;
  /** When its folder was last changed, ms since the epoch. */
  readonly changed_ms: number;
}

/** All folders of a store by name; none before the first run. Links are left out, wherever they point, and so is what is not finished. */
export async function storedRuns(root: string): Promise<StoredRun[]> {
  const names = await foldersIn(root);
  const runs = await Promise.all(names.toSorted().map((run) => storedRun(join(root, run))));
  return runs.filter((run) => run !== undefined);
}

/** One folder; undefined when there is none, or when it is gone by now. */
export async function storedRun(path: string): Promise<StoredRun | undefined> {
  try {
    const seen = await lstat(path);
    if (!seen.isDirectory()) return undefined;
    const files = await filesIn(path);
    const size_bytes = files.reduce((sum, file) => sum + file.size_bytes, 0);
    return { run: basename(path), path, size_bytes, changed_ms: seen.mtimeMs };
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  }
}

/** Files in a folder and below, by their paths within it. */
export async function filesIn(folder: string): Promise<{ readonly name: string; readonly size_bytes: number }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return Promise.all(
    paths.toSorted().map(async (path) => ({ name: relative(folder, path), size_bytes: (await lstat(path)).size })),
  );
}

async function foldersIn(root: string): Promise<string[]> {
  try {
    const entries = await readdir(root, { withFileTypes: true });
    return entries.flatMap((entry) => (entry.isDirectory() && !entry.name.startsWith('.') ? [entry.name] : []));
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return [];
    throw error;
  }
}
