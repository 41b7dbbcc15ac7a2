import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { hasCode } from './error-code.ts';

/** What /proc/PID/stat says of a process. Times are clock ticks, see proc(5). */
export interface ProcStat {
  readonly pid: number;
  readonly state: string;
  readonly parent: number;
  readonly group: number;
  /** User and system time of the process itself. */
  readonly own_ticks: number;
  /** User and system time of its children that have ended and been waited for. */
  readonly reaped_ticks: number;
  /** When it started, since boot. With the pid this identifies a process until the next boot. */
  readonly start_ticks: number;
}

/** USER_HZ: the unit of times in /proc. It is 100 on every Linux architecture that Node runs on. */
export const CLOCK_TICKS_PER_S = 100;

/** Reads /proc/PID/stat; null when there is no such process. */
export function readStat(pid: number): ProcStat | null {
  const text = readProcFile(pid, 'stat');
  if (text === null) return null;
  // The command name may hold spaces and brackets, so fields are counted from the last bracket: state is the 3rd.
  const field = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const ticks = (index: number): number => Number(field[index - 3]);
  return {
    pid,
    state: field[0] ?? '?',
    parent: ticks(4),
    group: ticks(5),
    own_ticks: ticks(14) + ticks(15),
    reaped_ticks: ticks(16) + ticks(17),
    start_ticks: ticks(22),
  };
}

/** All pids of now. */
export function listPids(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/**
 * The environment a process was started with. Null when it is gone or belongs to someone else. Servers that rewrite
 * their title (PostgreSQL's children, nginx, Redis) overwrite it, so an empty one proves nothing.
 */
export function readEnvironment(pid: number): ReadonlyMap<string, string> | null {
  const text = readProcFile(pid, 'environ');
  if (text === null) return null;
  return new Map(
    text.split('\0').flatMap((entry): [string, string][] => {
      const equals = entry.indexOf('=');
      return equals > 0 ? [[entry.slice(0, equals), entry.slice(equals + 1)]] : [];
    }),
  );
}

/** Where a process works and which file it runs; null when it is gone or belongs to someone else. */
export function readLinks(pid: number): { readonly cwd: string; readonly executable: string } | null {
  try {
    const executable = readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, '');
    return { cwd: readlinkSync(`/proc/${pid}/cwd`), executable };
  } catch (error) {
    if (isGoneOrForeign(error)) return null;
    throw error;
  }
}

/** A file of /proc/PID; null when the process is gone or belongs to someone else. */
export function readProcFile(pid: number, name: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch (error) {
    if (isGoneOrForeign(error)) return null;
    throw error;
  }
}

function isGoneOrForeign(error: unknown): boolean {
  return hasCode(error, 'ENOENT', 'ESRCH', 'EACCES', 'EPERM');
}
