import type { Load } from '../../model/simulator/load.ts';
import type { SimulationOptions, SimulationRun } from '../../model/simulator/run.ts';
import type { System } from '../../model/simulator/system.ts';

/** One replication to be simulated; plain data, so that it can be sent to a worker thread. */
export interface SimulationJob {
  readonly system: System;
  readonly load: Load;
  readonly options: Omit<SimulationOptions, 'onProgress'>;
}

/** How far a replication has come, in simulated time. */
export interface JobProgress {
  readonly now_s: number;
  readonly events: number;
}

/** What a worker says back. */
export type WorkerReport =
  | { readonly kind: 'progress'; readonly progress: JobProgress }
  | { readonly kind: 'done'; readonly run: SimulationRun }
  /** The simulation threw: a defect, or a system that cannot be. */
  | { readonly kind: 'failed'; readonly name: string; readonly message: string; readonly stack: string };

/** What a worker is started with: word 0 of `stop` is 1 once the replication in work is no longer wanted. */
export interface WorkerStart {
  readonly stop: Int32Array;
}
