import { readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { makeFolder, tryFolder } from '../../infra/files/make-folder.ts';
import { unfinishedName } from '../../infra/files/unfinished.ts';
import { hasCode } from '../../infra/local/error-code.ts';
import { keepingIn } from './keeping.ts';
import { removeLeftBehind, syncAll } from './whole-folder.ts';

export interface FileToKeep {
  /** Path within the folder. */
  readonly name: string;
  readonly text: () => string;
}

/** What a folder holds that is to be written: nothing, only what has the names of artefacts, or something else (and what); or that it is a file. */
export type FolderState = 'free' | 'artefacts' | 'file' | { readonly foreign: string };

/** `names` are those that artefacts have at the top of their folder. */
export async function folderState(folder: string, names: readonly string[]): Promise<FolderState> {
  try {
    const entries = await readdir(folder);
    if (entries.length === 0) return 'free';
    const foreign = entries.find((entry) => !names.includes(entry));
    return foreign === undefined ? 'artefacts' : { foreign };
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return 'free';
    if (hasCode(error, 'ENOTDIR')) return 'file';
    throw error;
  }
}

/** Throws a `RunError` when nothing can be put beside that folder. */
export async function assertWritable(folder: string): Promise<void> {
  const root = dirname(resolve(folder));
  await keepingIn(root, 0, () => tryFolder(root));
}

/**
 * Writes a folder of files that appears whole or not at all, in the place of none, an empty one or one of the same kind (see `folderState`):
 * when writing fails, what was there before is still there. Throws a `RunError` when there is no room, or no leave to write.
 */
export async function keepArtefacts(folder: string, files: readonly FileToKeep[]): Promise<void> {
  const path = resolve(folder);
  const root = dirname(path);
  const texts = files.map(({ name, text }) => ({ name, text: text() }));
  const needed_bytes = texts.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  await keepingIn(root, needed_bytes, async () => {
    await makeFolder(root);
    await removeLeftBehind(root);
    const unfinished = join(root, unfinishedName());
    try {
      for (const { name, text } of texts) {
        await makeFolder(dirname(join(unfinished, name)));
        await writeFile(join(unfinished, name), text);
      }
      await syncAll(unfinished);
      await takePlace(unfinished, path);
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
  });
}

/** The folder before steps aside first: the system puts a folder in the place of none or an empty one alone. */
async function takePlace(unfinished: string, path: string): Promise<void> {
  const aside = join(dirname(path), unfinishedName());
  const wasThere = await rename(path, aside).then(
    () => true,
    (error: unknown) => {
      if (hasCode(error, 'ENOENT')) return false;
      throw error;
    },
  );
  try {
    await rename(unfinished, path);
  } catch (error) {
    if (wasThere) await rename(aside, path);
    throw error;
  }
  if (wasThere) await rm(aside, { recursive: true, force: true });
}
