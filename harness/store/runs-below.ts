import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { hasCode } from '../../infra/local/error-code.ts';
import { RESULT_FILE, RUNS_DIR } from '../run-store.ts';
import { storedRun, storedRuns } from './stored-runs.ts';
import type { StoredRun } from './stored-runs.ts';

/**
 * The runs that a folder brings: itself where it is one, else those of the store in it (`.shop-plan/runs`, or `runs`), else every folder
 * in it. None for what is no folder.
 */
export async function runsBelow(folder: string): Promise<StoredRun[]> {
  const path = resolve(folder);
  if (await exists(join(path, RESULT_FILE))) {
    const itself = await storedRun(path);
    return itself ? [itself] : [];
  }
  for (const below of [join(path, RUNS_DIR), join(path, 'runs')]) if (await exists(below)) return storedRuns(below);
  return storedRuns(path);
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return false;
    throw error;
  }
}
