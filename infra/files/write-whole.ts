import { closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { unfinishedName } from './unfinished.ts';

export interface WriteWholeOptions {
  /** Permissions; those of the umask when absent. */
  readonly mode?: number;
  /** False: a file that is there already is an error (EEXIST). */
  readonly replace?: boolean;
}

/**
 * Writes a file that appears whole or not at all, whatever comes in between: a reader, an interrupt, another writer, a full disk, a power
 * cut. It is written beside its place, brought to the disk and renamed. When that fails, what was there before is still there, and nothing
 * is left beside it. Throws the system's own error.
 */
export function writeWhole(path: string, text: string, { mode = 0o666, replace = true }: WriteWholeOptions = {}): void {
  const folder = dirname(path);
  const unfinished = join(folder, unfinishedName());
  try {
    const file = openSync(unfinished, 'wx', mode);
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    if (replace) renameSync(unfinished, path);
    else linkSync(unfinished, path);
  } finally {
    rmSync(unfinished, { force: true });
  }
  sync(folder);
}

/** Brings to the disk what a file holds, or which names a folder has. */
export function sync(path: string): void {
  const opened = openSync(path, 'r');
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}
