import { PerformanceObserver, performance } from 'node:perf_hooks';
import type { GeneratorHealth } from '../../model/observation/observation.ts';

export type SelfFigures = Omit<GeneratorHealth, 'send_lag_us' | 'in_flight_cap'>;

/** Watches this process while it generates load: processor time, event loop, garbage collection, memory, sockets. */
export class SelfWatch {
  #cpu = process.cpuUsage();
  #loop = performance.eventLoopUtilization();
  #start_ms = performance.now();
  readonly #gc: PerformanceObserver;
  #gcPause_ms = 0;
  #memory_bytes = 0;
  #sockets = 0;
  #socketsMax = 0;
  #figures: SelfFigures | undefined;

  constructor() {
    this.#gc = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) this.#gcPause_ms = Math.max(this.#gcPause_ms, entry.duration);
    });
  }

  /** Averages count from here. */
  start(): void {
    this.#cpu = process.cpuUsage();
    this.#loop = performance.eventLoopUtilization();
    this.#start_ms = performance.now();
    this.#gc.observe({ entryTypes: ['gc'] });
    this.sample();
  }

  socketOpened(): void {
    this.#sockets++;
    this.#socketsMax = Math.max(this.#socketsMax, this.#sockets);
  }

  socketClosed(): void {
    this.#sockets--;
  }

  /** Takes note of the memory in use; to be called about once a second. */
  sample(): void {
    this.#memory_bytes = Math.max(this.#memory_bytes, process.memoryUsage.rss());
  }

  /** Averages from `start` until the first call of this, which belongs at the end of the schedule, before the drain. */
  close(): SelfFigures {
    if (this.#figures !== undefined) return this.#figures;
    this.#figures = this.now();
    this.#gc.disconnect();
    return this.#figures;
  }

  /** Averages from `start` until now, or until the end where that was before. */
  now(): SelfFigures {
    if (this.#figures !== undefined) return this.#figures;
    this.sample();
    const elapsed_ms = performance.now() - this.#start_ms;
    const cpu = process.cpuUsage(this.#cpu);
    return {
      cpu_cores: (cpu.user + cpu.system) / 1000 / elapsed_ms,
      event_loop_utilisation: performance.eventLoopUtilization(this.#loop).utilization,
      gc_pause_ms_max: this.#gcPause_ms,
      memory_bytes_max: this.#memory_bytes,
      sockets_max: this.#socketsMax,
    };
  }
}
