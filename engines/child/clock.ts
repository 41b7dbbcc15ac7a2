import { performance } from 'node:perf_hooks';

/** Whole µs since the start of the schedule, on the monotonic clock; negative before it. */
export class Clock {
  #zero_ms = Infinity;

  /** Puts the start `lead_ms` from now; returns the wall-clock time of it, ms since the epoch. */
  start(lead_ms: number): number {
    this.#zero_ms = performance.now() + lead_ms;
    return Date.now() + lead_ms;
  }

  now_us(): number {
    return Math.round((performance.now() - this.#zero_ms) * 1000);
  }
}
