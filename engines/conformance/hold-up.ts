import { readFileSync, readdirSync } from 'node:fs';

interface Living {
  readonly pid: number;
  readonly parent: number;
  /** Clock ticks since boot; with the pid it names a process for good. */
  readonly started: string;
}

/** All processes that descend from this one. */
export function descendants(): Living[] {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (read(Number(name)) ?? []) : []));
  const family = new Set([process.pid]);
  const found: Living[] = [];
  for (let known = 0; known < family.size;) {
    known = family.size;
    for (const each of all) {
      if (!family.has(each.parent) || family.has(each.pid)) continue;
      family.add(each.pid);
      found.push(each);
    }
  }
  return found;
}

/** Stops processes of ours in their tracks; the result lets them go on. */
export function holdUp(processes: readonly Living[]): () => void {
  signal(processes, 'SIGSTOP');
  return () => signal(processes, 'SIGCONT');
}

function signal(processes: readonly Living[], name: NodeJS.Signals): void {
  for (const { pid, started } of processes) if (read(pid)?.started === started) process.kill(pid, name);
}

/** Undefined when there is no such process any more. */
function read(pid: number): Living | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Behind the name, which may hold anything but is in brackets: state, parent, …, and as field 22 the start (proc(5)).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { pid, parent: Number(fields[1]), started: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}
