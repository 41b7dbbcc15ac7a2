import { createHistogram, max, percentile, record } from '../../model/observation/histogram.ts';
import type { GeneratorHealth } from '../../model/observation/observation.ts';
import type { Schedule } from '../../model/workload/workload.ts';
import { DueTimes } from './due-times.ts';

/**
 * How late k6 sends. It does not say for which moment an iteration was meant, but the k-th to begin is the k-th of the schedule until one
 * is dropped, which k6 says once. From then on, requests that were due and have not begun within a second are taken for dropped.
 */
export class SendLag {
  readonly #phases: readonly PhaseLag[];
  readonly #lag = createHistogram();

  constructor(schedule: Schedule) {
    this.#phases = schedule.phases.map((phase) => new PhaseLag(new DueTimes(phase)));
  }

  /** Request `n` of a phase, counted from 0, was sent; µs after k6 began with the phase. */
  sent(phase: number, n: number, sent_us: number): void {
    const lag_us = this.#phases[phase]?.of(n, sent_us);
    if (lag_us !== undefined) record(this.#lag, Math.max(0, lag_us));
  }

  /** From now on k6 drops iterations of the phase. */
  drops(phase: number): void {
    this.#phases[phase]?.drops();
  }

  figures(): GeneratorHealth['send_lag_us'] {
    return { p50: percentile(this.#lag, 50), p99: percentile(this.#lag, 99), max: max(this.#lag) };
  }
}

class PhaseLag {
  readonly #due: DueTimes;
  #dropping = false;
  /** Requests of the schedule that were dropped before the present one. */
  #dropped = 0;
  #second = -1;
  /** The least that was due and had not begun, within the present second. */
  #backlog_min = Infinity;

  constructor(due: DueTimes) {
    this.#due = due;
  }

  of(n: number, sent_us: number): number {
    if (this.#dropping) this.#count(n, sent_us);
    return sent_us - this.#due.of(n + 1 + this.#dropped) * 1e6;
  }

  drops(): void {
    this.#dropping = true;
  }

  #count(n: number, sent_us: number): void {
    const second = Math.floor(sent_us / 1e6);
    if (second > this.#second) {
      if (Number.isFinite(this.#backlog_min)) this.#dropped = Math.max(this.#dropped, this.#backlog_min);
      this.#second = second;
      this.#backlog_min = Infinity;
    }
    const due = this.#due.until(sent_us / 1e6);
    this.#backlog_min = Math.min(this.#backlog_min, Math.max(0, Math.floor(due) - n - 1));
  }
}
