import { readFileSync } from 'node:fs';

const UNLIMITED = 1_048_576;

/**
 * How many files a process started from here may have open: the soft limit of this process, which children inherit
 * and which Node has raised to the hard limit at its start.
 */
export function openFilesMax(): number {
  const limit = /^Max open files\s+(\d+|unlimited)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
  return limit === undefined || limit === 'unlimited' ? UNLIMITED : Number(limit);
}
