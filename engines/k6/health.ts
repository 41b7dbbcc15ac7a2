import type { SelfFigures } from '../child/self-watch.ts';
import type { K6Process } from './k6-process.ts';

/** Takes note of what k6 itself uses, from the start of the schedule to its end. */
export class Health {
  #start_ms = 0;
  #cpuAtStart_s = 0;
  #cpu_cores: number | undefined;
  #memory_bytes = 0;

  start(k6: K6Process): void {
    this.#start_ms = performance.now();
    this.#cpuAtStart_s = k6.usage()?.cpu_s ?? 0;
  }

  sample(k6: K6Process): void {
    const usage = k6.usage();
    if (usage === undefined) return;
    this.#memory_bytes = Math.max(this.#memory_bytes, usage.memory_bytes);
    this.#cpu_cores = ((usage.cpu_s - this.#cpuAtStart_s) * 1000) / (performance.now() - this.#start_ms);
  }

  /** With what the process uses that reads k6's lines. */
  figures(reader: SelfFigures): SelfFigures {
    return {
      ...reader,
      cpu_cores: reader.cpu_cores + (this.#cpu_cores ?? 0),
      memory_bytes_max: reader.memory_bytes_max + this.#memory_bytes,
    };
  }
}
