import { performance } from 'node:perf_hooks';
import type { Start } from './messages.ts';

/** Whole µs since the start of the schedule, on the monotonic clock; negative before it. */
export class Clock {
  #zero_ms = Infinity;

  /** Puts the start `lead_ms` from now; returns the wall-clock time of it, ms since the epoch. */
  start(lead_ms: number): number {
    this.#zero_ms = performance.now() + lead_ms;
    return Date.now() + lead_ms;
  }

  /** Puts the start at a moment that other processes of this machine put theirs at, too. */
  startAt({ monotonic_ns }: Start): void {
    this.#zero_ms = performance.now() + Number(monotonic_ns - process.hrtime.bigint()) / 1e6;
  }

  now_us(): number {
    return Math.round((performance.now() - this.#zero_ms) * 1000);
  }
}
