import type { Observation, What } from '../observation/observation.ts';

/** What one replication is asked for. */
export interface SimulationOptions {
  /** A replication's seed; each random source has its own stream of it. */
  readonly seed: number;
  /** Seconds at the start of the first judged phase that do not count; they become a phase of their own, not judged. */
  readonly warmUp_s: number;
  /** Copied into the observation. */
  readonly what: What;
  /** Called now and then with how far simulated time has come; returns true to stop early. */
  readonly onProgress?: (progress: { readonly now_s: number; readonly events: number }) => boolean;
}

/** One replication. The observation is complete by itself; the rest is what only a simulator can know. */
export interface SimulationRun {
  readonly observation: Observation;
  /** Simulated steps of the event loop: what happens at a moment of its own. */
  readonly events: number;
  readonly stations: readonly StationRun[];
  /** What the tier refused or lost, and other things worth a line. */
  readonly instabilities: readonly Instability[];
  /** Mean response time in s of each batch of the judged phases: equal parts in time, for batch means. NaN never: empty ones are left out. */
  readonly batches: readonly { readonly requests: number; readonly mean_s: number }[];
}

/** A tier over the judged phases, with Little's law held against what was counted: L = λ W, each measured on its own. */
export interface StationRun {
  readonly tier: string;
  /** Visits that went in, per second. */
  readonly throughput_per_s: number;
  /** Busy servers over servers there, mean over time. */
  readonly utilisation: number;
  /** Visits waiting, and visits inside (waiting, in service, waiting for nested calls): means over time. */
  readonly waiting: number;
  readonly inside: number;
  /** Mean time inside of the visits that left, in s. */
  readonly residence_s: number;
  /** (inside - throughput × residence) / inside; only what crosses the window's edges keeps it from 0. */
  readonly littleError: number;
}

/** A tier that could not keep up. */
export interface Instability {
  readonly tier: string;
  readonly phase: string;
  /** Offered work over what its instances can do, as measured; above 1 nothing helps but time. */
  readonly offeredUtilisation: number;
  readonly waitingAtStart: number;
  readonly waitingAtEnd: number;
  /** In words, with numbers; lower case. */
  readonly because: string;
}
