import { CLOCK_TICKS_PER_S, listPids, readProcFile, readStat } from './proc.ts';
import type { ProcStat } from './proc.ts';

export interface TreeUsage {
  /** Processor time of the tree since it started, ended children included. Resolution 10 ms. */
  readonly cpu_s: number;
  /** Private memory of every process plus the largest shared part once, see `memoryOf`. */
  readonly memory_bytes: number;
  /** Living processes in the tree; 0 when the root is gone. */
  readonly processes: number;
}

/** All processes of one moment, by pid. Read it once to ask for several trees. */
export type ProcessTable = ReadonlyMap<number, ProcStat>;

/** Page size of x86-64 and of common arm64 kernels; /proc/PID/statm counts in pages. */
const PAGE_BYTES = 4096;
const ATTEMPTS = 3;

/**
 * What a process and all its descendants use. Zero when the root is gone.
 *
 * A child that ends between two reads would be counted twice or not at all, so the table is read again until nothing
 * ended meanwhile (at most three times; then the last reading stands).
 */
export function treeUsage(root_pid: number, table: ProcessTable = readProcessTable()): TreeUsage {
  let tree = membersOf(root_pid, table);
  for (let attempt = 1; attempt < ATTEMPTS; attempt += 1) {
    if (isSettled(tree)) break;
    tree = membersOf(root_pid, readProcessTable());
  }
  const ticks = tree.reduce((sum, stat) => sum + stat.own_ticks + stat.reaped_ticks, 0);
  return {
    cpu_s: ticks / CLOCK_TICKS_PER_S,
    memory_bytes: memoryOf(tree.map(({ pid }) => pid)),
    processes: tree.length,
  };
}

/** Reads /proc/PID/stat of every process. Processes that end meanwhile are left out. */
export function readProcessTable(): ProcessTable {
  const table = new Map<number, ProcStat>();
  for (const pid of listPids()) {
    const stat = readStat(pid);
    if (stat !== null) table.set(pid, stat);
  }
  return table;
}

/** Whether all are still there and none has been credited with a child's time since it was read. */
function isSettled(tree: readonly ProcStat[]): boolean {
  return tree.every((before) => readStat(before.pid)?.reaped_ticks === before.reaped_ticks);
}

/** A process and all its descendants, itself first; none when it is gone. `others` among them, and what is below those, are left out. */
export function membersOf(root_pid: number, table: ProcessTable, others: ReadonlySet<number> = new Set()): ProcStat[] {
  const root = table.get(root_pid);
  if (root === undefined) return [];
  const childrenOf = Map.groupBy(table.values(), (stat) => stat.parent);
  const members = [root];
  // The list grows while it is walked: breadth first.
  for (const member of members)
    members.push(...(childrenOf.get(member.pid) ?? []).filter(({ pid }) => !others.has(pid)));
  return members;
}

/**
 * Σ (resident - shared) + max(shared), from /proc/PID/statm. Proportional set size would be exact, but the kernel
 * walks all page tables for it, and with 256 MB of shared buffers in each of 40 backends that disturbs a measurement.
 */
function memoryOf(pids: readonly number[]): number {
  let private_pages = 0;
  let shared_pages_max = 0;
  for (const pid of pids) {
    const [, resident = 0, shared = 0] = (readProcFile(pid, 'statm') ?? '').split(' ').map(Number);
    private_pages += resident - shared;
    shared_pages_max = Math.max(shared_pages_max, shared);
  }
  return (private_pages + shared_pages_max) * PAGE_BYTES;
}
