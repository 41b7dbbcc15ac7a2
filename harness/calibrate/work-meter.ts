import type { Stack } from '../../infra/backend.ts';
import { readProcessTable } from '../../infra/local/process-facts.ts';
import { machineTime_s, treeWork } from '../../infra/local/processor-time.ts';
import type { TierWork } from '../../model/calibration/load-window.ts';

/** What everybody has used up to a moment. */
export interface WorkReading {
  readonly at_s: number;
  readonly tiers: readonly TierWork[];
  /** This process and its children, without the stack's: the command and its load generator. */
  readonly generator_s: number;
  readonly machine_s: number;
}

/** Reads what each tier's processes, this process with its children, and the whole machine have used. */
export function readWork(stack: Stack): WorkReading {
  const at_s = performance.now() / 1000;
  const machine_s = machineTime_s();
  const table = readProcessTable();
  const byTier = Map.groupBy(stack.processes, ({ tier }) => tier);
  const tiers = [...byTier].map(([tier, processes]): TierWork => {
    const works = processes.map(({ pid }) => treeWork(pid, table));
    const sum = (key: 'written_bytes' | 'read_bytes'): number | null =>
      works.some((work) => work[key] === null) ? null : works.reduce((total, work) => total + (work[key] ?? 0), 0);
    const cpu_s = works.reduce((total, work) => total + work.cpu_s, 0);
    return { tier, cpu_s, written_bytes: sum('written_bytes'), read_bytes: sum('read_bytes') };
  });
  // Whoever has started the stack is its processes' parent.
  const servers = new Set(stack.processes.map(({ pid }) => pid));
  return { at_s, tiers, generator_s: treeWork(process.pid, table, servers).cpu_s, machine_s };
}

/** What was used between two readings of the same stack. */
export function workBetween(
  from: WorkReading,
  to: WorkReading,
): Omit<WorkReading, 'at_s'> & { readonly seconds: number } {
  const less = (later: number | null, earlier: number | null): number | null =>
    later === null || earlier === null ? null : Math.max(0, later - earlier);
  return {
    seconds: to.at_s - from.at_s,
    generator_s: Math.max(0, to.generator_s - from.generator_s),
    machine_s: to.machine_s - from.machine_s,
    tiers: to.tiers.map((later) => {
      const earlier = from.tiers.find(({ tier }) => tier === later.tier);
      return {
        tier: later.tier,
        cpu_s: Math.max(0, later.cpu_s - (earlier?.cpu_s ?? 0)),
        written_bytes: less(later.written_bytes, earlier?.written_bytes ?? null),
        read_bytes: less(later.read_bytes, earlier?.read_bytes ?? null),
      };
    }),
  };
}
