import { readFileSync, readdirSync } from 'node:fs';
import { hasCode } from './error-code.ts';
import { CLOCK_TICKS_PER_S, readProcFile } from './proc.ts';
import { membersOf } from './process-facts.ts';
import type { ProcessTable } from './process-facts.ts';

/** What a process and its descendants have used up since they started. */
export interface TreeWork {
  /** Processor time in nanosecond steps where the kernel keeps them (/proc/PID/task/TID/schedstat), else in clock ticks. */
  readonly cpu_s: number;
  /** Bytes to and from the disk (/proc/PID/io); null where this user may not look. */
  readonly written_bytes: number | null;
  readonly read_bytes: number | null;
}

/**
 * Finer than `treeUsage`, which counts whole ticks: a cache that takes 20 µs a request shows in seconds. Threads that have
 * ended are not in it; those of servers under steady load last. Nor are `others` among its descendants.
 */
export function treeWork(root_pid: number, table: ProcessTable, others?: ReadonlySet<number>): TreeWork {
  const tree = membersOf(root_pid, table, others);
  const io = tree.map(({ pid }) => readProcFile(pid, 'io'));
  const sum = (field: string): number | null =>
    io.includes(null) ? null : io.reduce((total, text) => total + fieldOf(text ?? '', field), 0);
  return {
    cpu_s: tree.reduce((total, { pid, own_ticks, reaped_ticks }) => {
      return total + (scheduled_s(pid) ?? own_ticks / CLOCK_TICKS_PER_S) + reaped_ticks / CLOCK_TICKS_PER_S;
    }, 0),
    written_bytes: sum('write_bytes'),
    read_bytes: sum('read_bytes'),
  };
}

/** Processor time of all processes of the machine together, in clock ticks as seconds; time stolen by a hypervisor is not in it. */
export function machineTime_s(): number {
  const [first = ''] = readFileSync('/proc/stat', 'utf8').split('\n', 1);
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = first.trim().split(/\s+/).slice(1).map(Number);
  return (user + nice + system + irq + softirq) / CLOCK_TICKS_PER_S;
}

/** The first number of each thread's schedstat is its time on a processor in ns. Null where there are none. */
function scheduled_s(pid: number): number | null {
  let total_ns = 0;
  for (const thread of threadsOf(pid)) {
    const text = readProcFile(pid, `task/${thread}/schedstat`);
    if (text !== null) total_ns += Number(text.split(' ')[0]);
  }
  return total_ns === 0 ? null : total_ns / 1e9;
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ESRCH', 'EACCES')) return [];
    throw error;
  }
}

function fieldOf(text: string, field: string): number {
  return Number(new RegExp(`^${field}: (\\d+)`, 'm').exec(text)?.[1] ?? 0);
}
