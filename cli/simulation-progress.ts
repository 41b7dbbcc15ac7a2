import type { StepSimulation } from '../model/questions/simulation.ts';
import { formatNumber } from '../model/units/format.ts';

/** Before this much is done, how long the rest takes is a guess. */
const TELLING_SHARE = 0.02;

/** How far several simulations of equal weight have come, and how long it took. */
export class SimulationProgress {
  readonly #parts: number;
  readonly #began_ms = performance.now();

  constructor(parts: number) {
    this.#parts = parts;
  }

  /** `step 2: 43 %, 5 s left`; `before` parts are done, and `share` of this one. */
  line(name: string, before: number, share: number): string {
    const done = (before + share) / this.#parts;
    const left_s = Math.ceil((this.#elapsed_s() * (1 - done)) / done);
    return `simulating ${name}: ${Math.floor(done * 100)} %${done < TELLING_SHARE ? '' : `, ${formatNumber(left_s)} s left`}`;
  }

  /** What came of it: `simulated 525 s in 0.9 s on 2 threads: 5.1 M events/s`. */
  speed(steps: readonly StepSimulation[], threads: number): string {
    const elapsed_s = this.#elapsed_s();
    const simulated_s = steps.reduce((sum, { duration_s, replications }) => sum + duration_s * replications, 0);
    const events = steps.reduce((sum, step) => sum + step.events, 0);
    const on = threads === 1 ? '1 thread' : `${threads} threads`;
    return `simulated ${formatNumber(simulated_s)} s in ${formatNumber(elapsed_s, 2)} s on ${on}: ${formatNumber(events / elapsed_s / 1e6, 2)} M events/s`;
  }

  #elapsed_s(): number {
    return (performance.now() - this.#began_ms) / 1000;
  }
}
