import { readFileSync, realpathSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { hasCode } from '../../error-code.ts';
import { readLinks, readStat } from '../../proc.ts';
import type { ProcessIdentity } from '../../identity.ts';

/**
 * The server that runs on the data in the folder of this `postmaster.pid`; null when none does. A pid that was given out
 * again is told by its program and its working folder.
 */
export function postmasterOf(pid_file: string): ProcessIdentity | null {
  const pid = readPid(pid_file);
  const stat = pid === null ? null : readStat(pid);
  const links = pid === null ? null : readLinks(pid);
  if (stat === null || links === null) return null;
  const ours = basename(links.executable) === 'postgres' && links.cwd === realpathSync(dirname(pid_file));
  return ours ? { pid: stat.pid, start_ticks: stat.start_ticks } : null;
}

function readPid(file: string): number | null {
  try {
    const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
    return Number.isInteger(pid) && pid > 0 ? pid : null;
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'EACCES')) return null;
    throw error;
  }
}
