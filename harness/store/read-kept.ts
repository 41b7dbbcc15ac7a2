import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { hasCode } from '../../infra/local/error-code.ts';
import { RunError } from '../run-error.ts';

/** Far more than a run of a day needs, and what can be read at once. */
const SIZE_MAX_BYTES = 256e6;

const { O_RDONLY, O_NONBLOCK } = constants;

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  ELOOP: 'its links go round in circles',
  ENAMETOOLONG: 'the name is too long',
};

/**
 * The text of a file that was kept. Throws a `RunError` that names the file when it cannot be read, is no ordinary file (a pipe would be
 * waited for) or is larger than any result.
 */
export async function readKept(path: string): Promise<string> {
  const refuse = (reason: string, help: string, cause?: unknown): RunError =>
    new RunError(`${path}: ${reason}`, help, cause);
  try {
    // Opening a pipe waits for somebody who writes, unless told not to.
    const file = await open(path, O_RDONLY | O_NONBLOCK);
    try {
      const seen = await file.stat();
      if (!seen.isFile()) throw refuse('it is no file', 'give the folder of a run');
      if (seen.size > SIZE_MAX_BYTES)
        throw refuse('it is larger than 256 MB, as no result is', 'give the folder of a run');
      return await file.readFile('utf8');
    } finally {
      await file.close();
    }
  } catch (error) {
    const reason = Object.entries(REASONS).find(([code]) => hasCode(error, code))?.[1];
    if (reason === undefined) throw error;
    throw refuse(reason, 'runs are listed by `shop-plan runs`', error);
  }
}
