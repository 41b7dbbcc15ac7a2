import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { unfinishedName } from '../../infra/files/unfinished.ts';
import { hasCode } from '../../infra/local/error-code.ts';
import { keepingIn } from './keeping.ts';

/**
 * Removes a run's folder: it is there whole, or gone. Links in it are removed, not what they point at. Throws a `RunError` where nothing
 * may be removed.
 */
export async function removeRun(path: string): Promise<void> {
  const root = dirname(path);
  const gone = join(root, unfinishedName());
  await keepingIn(root, 0, async () => {
    try {
      await rename(path, gone);
    } catch (error) {
      // Somebody else removes runs, too.
      if (hasCode(error, 'ENOENT')) return;
      throw error;
    }
    await rm(gone, { recursive: true, force: true });
  });
}
