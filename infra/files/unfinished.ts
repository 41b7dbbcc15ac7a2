import { randomBytes } from 'node:crypto';
import { bootId, isAlive } from '../local/identity.ts';
import { readStat } from '../local/proc.ts';

const PREFIX = '.part-';
/** Where the system has no table of processes to read: what is left behind there cannot be told. */
const UNKNOWN = 'unknown';

/**
 * A name for a file or folder that is not finished. It says who writes it (pid, start ticks, boot) and is used once, so that nobody
 * else writes there, and what a process has left behind can be told from what another is still writing.
 */
export function unfinishedName(): string {
  const own = readStat(process.pid);
  const writer = own === null ? `${process.pid}.0.${UNKNOWN}` : `${own.pid}.${own.start_ticks}.${bootId()}`;
  return `${PREFIX}${writer}.${randomBytes(6).toString('hex')}`;
}

/** Whether a name is that of something unfinished whose process has ended, so that nobody will finish it. */
export function isLeftBehind(name: string): boolean {
  if (!name.startsWith(PREFIX)) return false;
  const [pid, start_ticks, boot] = name.slice(PREFIX.length).split('.');
  if (boot === UNKNOWN || readStat(process.pid) === null) return false;
  return boot !== bootId() || !isAlive({ pid: Number(pid), start_ticks: Number(start_ticks) });
}
