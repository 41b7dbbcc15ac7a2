import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { hasCode } from './error-code.ts';
import { STACK_HOME_MARK } from './marks.ts';
import { listPids, readEnvironment, readLinks } from './proc.ts';

/** State LISTEN in /proc/net/tcp. */
const LISTEN = '0A';
/** Where stacks of any home keep what nginx, PostgreSQL and Redis work in, see `stack-paths.ts`. */
const STACK_FOLDER = /^(.*)\/stacks\/[^/]+\/(?:run|data)(?:\/|$)/;

/**
 * Whether whoever listens on a port belongs to stacks of another home. Once a stack is down its ports are anybody's, and
 * homes do not know each other's claims. False when nobody can be seen to listen.
 */
export function isOfAnotherHome(port: number, home: string): boolean {
  const listeners = listenersOf(port);
  return listeners.length > 0 && listeners.every((pid) => ![null, home].includes(homeOf(pid)));
}

/** Processes that have a socket listening on a port, as far as they may be looked at. */
function listenersOf(port: number): number[] {
  const sockets = new Set(listeningSockets(port).map((inode) => `socket:[${inode}]`));
  if (sockets.size === 0) return [];
  return listPids().filter((pid) => openFiles(pid).some((file) => sockets.has(file)));
}

/** Inodes of IPv4 sockets that listen on a port, see proc(5). */
function listeningSockets(port: number): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => state === LISTEN && local?.endsWith(suffix) === true)
    .flatMap((fields) => fields[9] ?? []);
}

function openFiles(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  try {
    return readdirSync(folder).flatMap((name) => readlinkSync(`${folder}/${name}`));
  } catch (error) {
    // Ended, closed a file meanwhile, or belongs to somebody else.
    if (hasCode(error, 'ENOENT', 'ESRCH', 'EACCES', 'EPERM')) return [];
    throw error;
  }
}

/** The home of a process's stack, by its mark or by where it works; null for what is no part of any. */
function homeOf(pid: number): string | null {
  const marked = readEnvironment(pid)?.get(STACK_HOME_MARK);
  if (marked !== undefined) return marked;
  const links = readLinks(pid);
  if (links === null || basename(links.executable) === 'node') return null;
  return STACK_FOLDER.exec(links.cwd)?.[1] ?? null;
}
