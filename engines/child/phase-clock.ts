import type { Schedule } from '../../model/workload/workload.ts';

/** Which phase of a schedule runs, told once at each border. */
export class PhaseClock {
  readonly #names: readonly string[];
  readonly #starts_s: readonly number[];
  readonly #onPhase: (phase: string, at_s: number) => void;
  #next = 0;

  constructor(schedule: Schedule, onPhase: (phase: string, at_s: number) => void) {
    let start_s = 0;
    this.#names = schedule.phases.map((phase) => phase.name);
    this.#starts_s = schedule.phases.map((phase) => (start_s += phase.duration_s) - phase.duration_s);
    this.#onPhase = onPhase;
  }

  /** Index of the running phase. */
  get index(): number {
    return Math.max(0, this.#next - 1);
  }

  /** Name of the running phase. */
  get current(): string {
    return this.#names[this.index] ?? '';
  }

  tick(now_us: number): void {
    for (; (this.#starts_s[this.#next] ?? Infinity) * 1e6 <= now_us; this.#next++) {
      this.#onPhase(this.#names[this.#next] ?? '', this.#starts_s[this.#next] ?? 0);
    }
  }

  /** The run is over at `at_s`: told with the last phase that ran. */
  finish(at_s: number): void {
    this.#onPhase(this.current, at_s);
  }
}
