import type { Stack, StackProcess } from '../infra/backend.ts';
import { readProcessTable, treeUsage } from '../infra/local/process-facts.ts';
import type { TierObservation, TierSample } from '../model/observation/observation.ts';

interface Reading {
  readonly at_ms: number;
  readonly tier: string;
  readonly cpu_s: number;
  readonly memory_bytes: number;
  readonly instances: number;
}

/** Watches a stack's processes while load runs: what each tier uses, second by second, and whether one has died. */
export class TierSampler {
  readonly #stack: Stack;
  readonly #onDeath: (process: StackProcess) => void;
  readonly #readings: Reading[] = [];
  readonly #dead = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  /** `onDeath` is called once for each process that is found gone. */
  constructor(stack: Stack, onDeath: (process: StackProcess) => void) {
    this.#stack = stack;
    this.#onDeath = onDeath;
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
        const cpu_cores = Math.max(0, reading.cpu_s - before.cpu_s) / ((reading.at_ms - before.at_ms) / 1000);
        const at_s = offset_s + (reading.at_ms - from_ms) / 1000;
        return [{ at_s, cpu_cores, memory_bytes: reading.memory_bytes, instances: reading.instances }];
      }),
    }));
  }

  #read(): void {
    const table = readProcessTable();
    const at_ms = Date.now();
    for (const [tier, processes] of Map.groupBy(this.#stack.processes, (process) => process.tier)) {
      const living = processes.filter((process) => table.get(process.pid)?.start_ticks === process.start_ticks);
      for (const process of processes) if (!living.includes(process)) this.#reportDeath(process);
      const usages = living.map((process) => treeUsage(process.pid, table));
      const sum = (of: 'cpu_s' | 'memory_bytes'): number => usages.reduce((total, usage) => total + usage[of], 0);
      this.#readings.push({
        at_ms,
        tier,
        cpu_s: sum('cpu_s'),
        memory_bytes: sum('memory_bytes'),
        instances: living.length,
      });
    }
  }

  #reportDeath(process: StackProcess): void {
    if (this.#dead.has(process.id)) return;
    this.#dead.add(process.id);
    this.#onDeath(process);
  }
}
