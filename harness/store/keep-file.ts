import { dirname } from 'node:path';
import { makeFolder } from '../../infra/files/make-folder.ts';
import { writeWhole } from '../../infra/files/write-whole.ts';
import { hasCode } from '../../infra/local/error-code.ts';
import { RunError } from '../run-error.ts';
import { keepingIn } from './keeping.ts';

export interface KeepFileOptions {
  /** False: a file that is there already stays, and is an error. */
  readonly replace?: boolean;
}

/**
 * Keeps a file, and makes its folder where there is none. It takes the place of the one before, whole or not at all.
 * Throws a `RunError` when there is no room, or no leave to write.
 */
export async function keepFile(path: string, text: string, { replace = true }: KeepFileOptions = {}): Promise<void> {
  const folder = dirname(path);
  await keepingIn(folder, Buffer.byteLength(text), async () => {
    await makeFolder(folder);
    try {
      writeWhole(path, text, { replace });
    } catch (error) {
      if (replace || !hasCode(error, 'EEXIST')) throw error;
      throw new RunError(`${path} is there already`, 'it was not replaced; name another file', error);
    }
  });
}
