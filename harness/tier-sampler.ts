import type { StackProcess } from '../infra/backend.ts';
import { readProcessTable, treeUsage } from '../infra/local/process-facts.ts';
import type { ProcessTable } from '../infra/local/process-facts.ts';
import type { TierObservation, TierSample } from '../model/observation/observation.ts';

interface Reading {
  readonly at_ms: number;
  readonly tier: string;
  /** Processor time since the reading before, also of what has ended meanwhile as far as it was seen. */
  readonly used_s: number;
  readonly memory_bytes: number;
  readonly instances: number;
}

/** What whoever samples wants to know of the ends of processes. */
export interface DeathWatch {
  /** Whether a process may be gone for now. */
  readonly expects: (process: StackProcess) => boolean;
  /** Called once for each that is found gone and was not expected to. */
  readonly onDeath: (process: StackProcess) => void;
}

/** Watches a stack's processes while load runs: what each tier uses, second by second, and whether one has died. */
export class TierSampler {
  readonly #processes: () => readonly StackProcess[];
  readonly #deaths: DeathWatch;
  readonly #readings: Reading[] = [];
  readonly #cpu_s = new Map<string, number>();
  readonly #dead = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  /** `processes`: those of the stack as they run now. */
  constructor(processes: () => readonly StackProcess[], deaths: DeathWatch) {
    this.#processes = processes;
    this.#deaths = deaths;
  }

  start(): void {
    this.#read();
    this.#timer = setInterval(() => this.#read(), 1000);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#read();
  }

  /** The samples between two moments, as seconds from the first plus an offset. */
  observations(from_ms: number, to_ms: number, offset_s: number): TierObservation[] {
    const byTier = Map.groupBy(this.#readings, (reading) => reading.tier);
    return [...byTier].map(([tier, readings]) => ({
      tier,
      series: readings.flatMap((reading, index): TierSample[] => {
        const before = readings[index - 1];
        if (!before || reading.at_ms < from_ms || reading.at_ms > to_ms) return [];
        const cpu_cores = reading.used_s / ((reading.at_ms - before.at_ms) / 1000);
        const at_s = offset_s + (reading.at_ms - from_ms) / 1000;
        return [{ at_s, cpu_cores, memory_bytes: reading.memory_bytes, instances: reading.instances }];
      }),
    }));
  }

  #read(): void {
    const table = readProcessTable();
    const at_ms = Date.now();
    for (const [tier, processes] of Map.groupBy(this.#processes(), (process) => process.tier)) {
      const living = processes.filter((process) => table.get(process.pid)?.start_ticks === process.start_ticks);
      for (const process of processes) if (!living.includes(process)) this.#reportDeath(process);
      const usages = living.map((process) => this.#usageOf(process, table));
      const sum = (of: 'used_s' | 'memory_bytes'): number => usages.reduce((total, usage) => total + usage[of], 0);
      const figures = { used_s: sum('used_s'), memory_bytes: sum('memory_bytes'), instances: living.length };
      this.#readings.push({ at_ms, tier, ...figures });
    }
  }

  /** A process that was started again has used what it used since. */
  #usageOf({ pid, start_ticks }: StackProcess, table: ProcessTable): Pick<Reading, 'used_s' | 'memory_bytes'> {
    const { cpu_s, memory_bytes } = treeUsage(pid, table);
    const key = `${pid}.${start_ticks}`;
    const used_s = Math.max(0, cpu_s - (this.#cpu_s.get(key) ?? 0));
    this.#cpu_s.set(key, cpu_s);
    return { used_s, memory_bytes };
  }

  #reportDeath(process: StackProcess): void {
    if (this.#dead.has(process.id) || this.#deaths.expects(process)) return;
    this.#dead.add(process.id);
    this.#deaths.onDeath(process);
  }
}
