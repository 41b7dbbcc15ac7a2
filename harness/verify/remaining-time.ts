import { scenarioDuration_s } from '../../model/scenario/scenario.ts';
import type { PlannedRun, PlannedStack } from './plan-stacks.ts';

/** Until stacks have been started here: what a step with a database, a cache and a few instances takes on a small machine. */
const START_S = 20;
/** Around each run: feeds read, generator started, requests drained, run judged and kept. */
const AROUND_RUN_S = 6;

/** What is left of a verification: durations of phases, and what starting and stopping stacks has taken so far. */
export class RemainingTime {
  readonly #starts_s: number[] = [];

  /** A stack was up after so many seconds, or down again. */
  took(start_s: number): void {
    this.#starts_s.push(start_s);
  }

  of_s(stacks: readonly PlannedStack[]): number {
    return this.ofRuns_s(stacks.flatMap(({ runs }) => runs)) + stacks.length * this.#start_s();
  }

  /** On a stack that is up. */
  ofRuns_s(runs: readonly PlannedRun[]): number {
    return runs.reduce((sum, { scenario }) => sum + scenarioDuration_s(scenario) + AROUND_RUN_S, 0);
  }

  #start_s(): number {
    const starts = this.#starts_s;
    return starts.length === 0 ? START_S : starts.reduce((sum, each) => sum + each, 0) / starts.length;
  }
}
