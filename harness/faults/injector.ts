import type { ObservedEvent, ObservedFault } from '../../model/observation/observation.ts';
import type { Site } from '../instruments.ts';
import { RunError } from '../run-error.ts';
import type { Timeline } from '../timeline.ts';

/** Brings about a scenario's faults when their time has come, and heals them. */
export class Injector {
  readonly #site: Site;

  constructor(site: Site) {
    this.#site = site;
  }

  /** A process that a fault ends is no surprise. */
  expects(_process: string): boolean {
    return false;
  }

  /** Scenario time goes on from `from_s` to `to_s`, beginning now. */
  enter(_from_s: number, _to_s: number): void {
    if (this.#site.scenario.faults.length > 0) throw new RunError('faults cannot be brought about on live servers yet');
  }

  /** Heals what is not healed yet; resolves when that is seen. */
  async heal(): Promise<void> {}

  /** What became of each fault. */
  observed(_timeline: Timeline): {
    readonly faults: readonly ObservedFault[];
    readonly events: readonly ObservedEvent[];
  } {
    return { faults: [], events: [] };
  }
}
