import type { Counters } from './counters.ts';
import type { Connections } from '../infra/local/connections.ts';
import type { LocalBackend } from '../infra/local/local-backend.ts';
import type { Stack } from '../infra/backend.ts';
import type { ObservedEvent, ObservedOutage, ObservedWrites } from '../model/observation/observation.ts';
import type { Plan } from '../model/plan/plan.ts';
import type { Instrument, Parameters, ProbeInstrument } from '../model/scenario/instrument.ts';
import type { Scenario } from '../model/scenario/scenario.ts';
import type { Topology } from '../model/topology/topology.ts';
import type { Recorder } from './probes/recorder.ts';
import type { Timeline } from './timeline.ts';

/** What instruments and faults work on: a running stack, and the ways into it. */
export interface Site {
  readonly plan: Plan;
  readonly scenario: Scenario;
  readonly stack: Stack;
  readonly topology: Topology;
  readonly backend: LocalBackend;
  readonly connections: Connections;
  readonly seed: number;
  /** File that the generators write their log of writes to, one line a write; there only when a check wants it. */
  readonly writes_log: string;
}

/** Drives a phase in its own way and records each request. */
export interface Probe extends ProbeInstrument {
  /**
   * Returns when it is done, at the latest soon after `signal` aborts (the phase is over, or the run).
   * @throws RunError when it cannot begin. Requests that fail are data.
   */
  run(site: ProbeSite): Promise<Findings>;
}

export interface ProbeSite extends Site {
  readonly parameters: Parameters;
  /** Length of the phase. */
  readonly duration_s: number;
  readonly recorder: Recorder;
  readonly signal: AbortSignal;
}

/** Looks on from before the first request until after the last. */
export interface Watch extends Instrument {
  start(site: Site): Promise<Watching>;
}

export interface Watching {
  /** Ends it; called once, whatever became of the run. */
  finish(timeline: Timeline): Promise<Findings>;
}

/** Reads what the run has left, when the load is over and all faults are healed. */
export interface Check extends Instrument {
  run(site: Site, signal: AbortSignal): Promise<Findings>;
}

/** What an instrument adds to the observation. */
export interface Findings {
  /** Of a probe: of its phase. Of a watch or check: of the run as a whole. */
  readonly counters?: Counters;
  /** Of a watch: by phase. */
  readonly byPhase?: ReadonlyMap<string, Counters>;
  readonly events?: readonly ObservedEvent[];
  readonly outages?: readonly ObservedOutage[];
  readonly writes?: ObservedWrites;
  /** Why there is not all that there should be; the run is then incomplete. */
  readonly incompleteBecause?: string;
}
