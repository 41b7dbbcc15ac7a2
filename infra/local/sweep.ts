import { existsSync, realpathSync } from 'node:fs';
import { basename, sep } from 'node:path';
import { endProcesses } from './end-process.ts';
import type { StopStep } from './end-process.ts';
import { isAlive } from './identity.ts';
import type { ProcessIdentity } from './identity.ts';
import { STACK_HOME_MARK, STACK_ID_MARK, STACK_MARK } from './marks.ts';
import { listPids, readEnvironment, readLinks, readStat } from './proc.ts';

/** A living process that belongs to a stack, found without its manifest. */
export interface Stray extends ProcessIdentity {
  readonly stack: string;
  /** Which start of the stack it belongs to; null when it has overwritten its environment. */
  readonly stack_id: string | null;
  readonly executable: string;
}

/** Servers that overwrite their environment with a title, in themselves or in their children. */
const RETITLED = new Set(['postgres', 'nginx', 'redis-server']);
const ROUNDS = 3;
const POLITE: readonly StopStep[] = [{ signal: 'SIGTERM', wait_ms: 1_500 }];
// For a postmaster SIGTERM means "wait for all clients"; SIGQUIT means "at once", and its data survive that.
const POLITE_POSTGRES: readonly StopStep[] = [{ signal: 'SIGQUIT', wait_ms: 2_000 }];

/**
 * Finds every process of a home's stacks: by the marks in its environment, or, for servers that overwrite those, by
 * their program and a working folder inside a stack's folder. A user's shell in that folder is not such a program.
 */
export function findStrays(home: string): Stray[] {
  return listPids()
    .filter((pid) => pid !== process.pid)
    .flatMap((pid) => {
      const stack = membershipOf(pid, home);
      const stat = stack === null ? null : readStat(pid);
      if (stack === null || stat === null || !isAlive(stat)) return [];
      const executable = readLinks(pid)?.executable ?? '';
      return [{ pid, start_ticks: stat.start_ticks, ...stack, executable }];
    });
}

/** Ends all processes of one stack, and those they start meanwhile. Returns what would not end. */
export async function sweepStack(home: string, name: string): Promise<{ swept: Stray[]; left: Stray[] }> {
  const swept: Stray[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const found = findStrays(home).filter(({ stack }) => stack === name);
    if (found.length === 0) return { swept, left: [] };
    swept.push(...found);
    await endProcesses(found.map((stray) => ({ ...stray, stop: politely(stray) })));
  }
  return { swept, left: findStrays(home).filter(({ stack }) => stack === name) };
}

function politely({ executable }: Stray): readonly StopStep[] {
  return basename(executable) === 'postgres' ? POLITE_POSTGRES : POLITE;
}

type Membership = Pick<Stray, 'stack' | 'stack_id'>;

function membershipOf(pid: number, home: string): Membership | null {
  const environment = readEnvironment(pid);
  if (environment === null) return null;
  const marked = environment.get(STACK_MARK);
  if (marked !== undefined && environment.get(STACK_HOME_MARK) === home) {
    return { stack: marked, stack_id: environment.get(STACK_ID_MARK) ?? null };
  }
  const links = readLinks(pid);
  if (links === null || !RETITLED.has(basename(links.executable))) return null;
  const stack = stackOfFolder(links.cwd, home);
  return stack === null ? null : { stack, stack_id: null };
}

function stackOfFolder(cwd: string, home: string): string | null {
  // The kernel reports working folders with symbolic links resolved.
  const stacks = `${existsSync(home) ? realpathSync(home) : home}${sep}stacks${sep}`;
  if (!cwd.startsWith(stacks)) return null;
  const [name = '', below] = cwd.slice(stacks.length).split(sep);
  return below === undefined ? null : name;
}
