import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { hasCode } from '../../infra/local/error-code.ts';
import { UnreadableFile } from './unreadable-file.ts';

/** Far more than a run of a day needs, and what can be read at once. */
const SIZE_MAX_BYTES = 256e6;

const MISSING = ['ENOENT', 'ENOTDIR'];
const REASONS: Readonly<Record<string, string>> = {
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  ELOOP: 'its links go round in circles',
  ENAMETOOLONG: 'the name is too long',
};

/**
 * The text of a file that was kept. Throws an `UnreadableFile` when there is none, when it cannot be read, is no ordinary file or is larger
 * than any result.
 */
export async function readKept(path: string): Promise<string> {
  try {
    // Opening a pipe waits for somebody who writes, unless told not to.
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const seen = await file.stat();
      if (seen.isDirectory()) throw new UnreadableFile(path, 'it is a folder', 'name a file');
      if (!seen.isFile()) throw new UnreadableFile(path, 'it is no ordinary file', 'name a file');
      if (seen.size > SIZE_MAX_BYTES)
        throw new UnreadableFile(path, 'it is larger than 256 MB, as no result is', 'name a file that shop-plan wrote');
      return await file.readFile('utf8');
    } finally {
      await file.close();
    }
  } catch (error) {
    if (hasCode(error, ...MISSING)) throw new UnreadableFile(path, 'there is no such file', 'check the name', true);
    const reason = Object.entries(REASONS).find(([code]) => hasCode(error, code))?.[1];
    if (reason === undefined) throw error;
    throw new UnreadableFile(path, reason, 'check the path');
  }
}

/** The same, and null when there is no such file. */
export async function readIfKept(path: string): Promise<string | null> {
  try {
    return await readKept(path);
  } catch (error) {
    if (error instanceof UnreadableFile && error.isMissing) return null;
    throw error;
  }
}
