import type { ScenarioFault } from '../../model/scenario/scenario.ts';
import type { Site } from '../instruments.ts';
import type { Remedy } from './healer/remedy.ts';

/** A fault that is about to happen: to whom, how, and how it is undone. */
export interface PreparedFault {
  /** What it is done to: ids of processes, or a link `app -> cache`. */
  readonly targets: readonly string[];
  /** Processes that may be gone as long as it lasts, which surprises nobody. */
  readonly shaken: readonly string[];
  /** Held by the healer before anything is done. */
  readonly remedies: readonly Remedy[];
  /** Does it, at once. */
  inject(): Promise<void>;
  /** What shows that it happened, in words; rejects with what is seen instead. */
  effect(): Promise<string>;
  /** Rejects with what is not as before yet. */
  whole(): Promise<void>;
}

/** @throws RunError when there is nobody that it could be done to. */
export type PrepareFault = (fault: ScenarioFault, site: Site) => Promise<PreparedFault>;
