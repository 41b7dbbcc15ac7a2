import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { unfinishedName } from '../../infra/files/unfinished.ts';

/** Removes a run's folder: it is there whole, or gone. Links in it are removed, not what they point at. */
export async function removeRun(path: string): Promise<void> {
  const gone = join(dirname(path), unfinishedName());
  await rename(path, gone);
  await rm(gone, { recursive: true, force: true });
}
