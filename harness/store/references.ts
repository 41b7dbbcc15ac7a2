import { readFile, readdir } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { hasCode } from '../../infra/local/error-code.ts';

/** What stands around the name of a run: it is a text of its own, or part of a path. */
const AROUND = /["/]/;

/**
 * Which file refers to each run, for runs that are referred to: ledgers and baselines lie beside the folder of runs, and name the runs that
 * they rest on. Whatever file names a run there is taken to need it, so that none has to be understood for its runs to be safe.
 */
export async function referredTo(root: string, runs: readonly string[]): Promise<Map<string, string>> {
  const home = dirname(root);
  const known = new Set(runs);
  const found = new Map<string, string>();
  for (const file of await jsonFilesIn(home, root)) {
    const names = (await readFile(file, 'utf8')).split(AROUND);
    for (const name of names) if (known.has(name) && !found.has(name)) found.set(name, relative(home, file));
  }
  return found;
}

async function jsonFilesIn(folder: string, except: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const found = entries
      .toSorted((a, b) => a.name.localeCompare(b.name))
      .map(async (entry) => {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) return path === except ? [] : jsonFilesIn(path, except);
        return entry.isFile() && entry.name.endsWith('.json') ? [path] : [];
      });
    return (await Promise.all(found)).flat();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}
