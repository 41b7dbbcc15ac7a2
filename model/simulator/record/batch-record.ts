import type { SimulationRun } from '../run.ts';
import type { RecordedPhase } from './phase-finder.ts';

/** Sums of response times over equal parts of the judged time, for batch means. */
export class BatchRecord {
  /** Judged seconds before each phase's start, less that start; NaN for a phase that is not judged. */
  readonly #shift_s: Float64Array;
  readonly #batch_s: number;
  readonly #requests: Float64Array;
  readonly #sum_s: Float64Array;

  constructor(phases: readonly RecordedPhase[], batches: number) {
    let judged_s = 0;
    this.#shift_s = Float64Array.from(phases, (phase) => {
      if (!phase.judged) return NaN;
      const shift_s = judged_s - phase.start_s;
      judged_s += phase.end_s - phase.start_s;
      return shift_s;
    });
    this.#batch_s = judged_s / batches;
    this.#requests = new Float64Array(batches);
    this.#sum_s = new Float64Array(batches);
  }

  finished(phase: number, arrival_s: number, response_s: number): void {
    const shift_s = this.#shift_s[phase] ?? NaN;
    if (Number.isNaN(shift_s)) return;
    const batch = Math.min(Math.floor((arrival_s + shift_s) / this.#batch_s), this.#requests.length - 1);
    this.#requests[batch] = (this.#requests[batch] ?? 0) + 1;
    this.#sum_s[batch] = (this.#sum_s[batch] ?? 0) + response_s;
  }

  /** The batches in time order, those without an answer left out. */
  batches(): SimulationRun['batches'] {
    return [...this.#requests.entries()]
      .filter(([, requests]) => requests > 0)
      .map(([batch, requests]) => ({ requests, mean_s: (this.#sum_s[batch] ?? 0) / requests }));
  }
}
