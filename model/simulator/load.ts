import type { ArrivalProcess, RatePiece } from '../workload/workload.ts';

export type { ArrivalProcess, RatePiece } from '../workload/workload.ts';

/** What happens to a system over time: arrivals and faults. Times are in seconds from the start. */
export interface Load {
  readonly process: ArrivalProcess;
  readonly phases: readonly LoadPhase[];
  readonly faults: readonly SystemFault[];
}

export interface LoadPhase {
  readonly name: string;
  readonly judged: boolean;
  /** Rates over the phase, piece by piece; none for a closed loop. */
  readonly pieces: readonly RatePiece[];
  readonly duration_s: number;
  /** A closed loop: this many users, each asking again `think_s` after its answer. Null for arrivals at a rate. */
  readonly closed: { readonly users: number; readonly think_s: number } | null;
  /** Where requests of the phase go in, when not at the start of their route: the first instance of this tier. */
  readonly target: number | null;
}

/**
 * Something that goes wrong with `instances` (indices) of a tier from `at_s` to `until_s`:
 * `crash`: they are gone, with all that is inside; callers notice at once. Afterwards they are repaired.
 * `hang`: they are there, and do nothing; callers notice by their timeouts. `slow`: work takes `factor` times as long.
 * `errors`: share `factor` of visits fails. `partition`: calls from tier `from` get no answer. `latency`: the network takes
 * `factor` seconds longer each way. `flush`: the tier's cache is emptied, at once.
 */
export interface SystemFault {
  readonly kind: 'crash' | 'hang' | 'slow' | 'errors' | 'partition' | 'latency' | 'flush';
  readonly tier: number;
  readonly instances: readonly number[];
  readonly at_s: number;
  readonly until_s: number;
  readonly factor: number;
  /** For `partition`: the caller that is cut off. */
  readonly from: number | null;
}
