import { statfs } from 'node:fs/promises';
import { hasCode } from '../../infra/local/error-code.ts';
import { formatValue } from '../../model/judge/format-value.ts';
import { RunError } from '../run-error.ts';

/** What a disk says that has no room, or none for this user. */
const NO_ROOM = ['ENOSPC', 'EDQUOT'];
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EFBIG: 'files may not be so large (`ulimit -f`)',
  EROFS: 'it cannot be written to',
  ENOENT: 'nothing can be made there',
  ENOTDIR: 'a file is in the place of a folder',
  EEXIST: 'a file is in the place of a folder',
  ELOOP: 'its links go round in circles',
};

/**
 * What the work yields; where it could not write into a folder, it rejects with a `RunError` that says where and how much room is missing.
 * `needed_bytes` is what is to be written, as far as that is known.
 */
export async function keepingIn<T>(folder: string, needed_bytes: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (hasCode(error, ...NO_ROOM)) throw await noRoom(folder, needed_bytes, error);
    const reason = Object.entries(REASONS).find(([code]) => hasCode(error, code))?.[1];
    if (reason === undefined) throw error;
    throw new RunError(
      `cannot write in ${folder}: ${reason}`,
      'nothing was changed; mend it, or call from another folder',
      error,
    );
  }
}

async function noRoom(folder: string, needed_bytes: number, cause: unknown): Promise<RunError> {
  const free_bytes = await freeIn(folder);
  const free = free_bytes === undefined ? '' : `, and ${formatValue(free_bytes, 'B')} are free`;
  return new RunError(
    `no room in ${folder}: ${formatValue(needed_bytes, 'B')} are to be kept${free}`,
    'nothing was changed; free some space, or remove old runs: `shop-plan runs prune --keep 20 --dry-run`',
    cause,
  );
}

/** Unknown where the folder itself could not be made. */
async function freeIn(folder: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}
