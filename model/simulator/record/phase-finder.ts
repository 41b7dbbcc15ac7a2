/** When a phase of the record is, and whether it counts. Phases come in time order, each beginning where the last one ended. */
export interface RecordedPhase {
  readonly name: string;
  readonly judged: boolean;
  readonly start_s: number;
  readonly end_s: number;
  readonly target_rate_per_s: number;
}

/** Finds the phase of a moment; quick when moments are near to each other. */
export class PhaseFinder {
  readonly #starts: Float64Array;
  #last = 0;

  constructor(phases: readonly RecordedPhase[]) {
    this.#starts = Float64Array.from([...phases.map((phase) => phase.start_s), Infinity]);
  }

  /** Index of the phase; what lies before the first belongs to that, what comes after the last to the last. */
  phaseOf(at_s: number): number {
    const starts = this.#starts;
    let phase = this.#last;
    while (at_s >= (starts[phase + 1] ?? Infinity)) phase++;
    while (phase > 0 && at_s < (starts[phase] ?? 0)) phase--;
    this.#last = phase;
    return phase;
  }
}
