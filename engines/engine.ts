import type { ClassObservation, Conservation, GeneratorHealth, Interval } from '../model/observation/observation.ts';
import type { Schedule, Workload } from '../model/workload/workload.ts';

/** A load engine: drives a workload against one base URL and reports what it saw. It never judges. */
export interface Engine {
  readonly name: string;
  readonly claims: EngineClaims;
  /**
   * Runs to the end of the schedule (or of `duration_s` for a closed loop), then drains.
   * Rejects with an `EngineError` when the load cannot be driven at all; failures of single requests are data.
   * Aborting the signal stops sending, drains briefly and resolves with what was seen and `complete: false`.
   */
  run(job: LoadJob, watch: Watch): Promise<LoadResult>;
}

/** What an engine's figures can be trusted for. Reports quote this; the judge refuses criteria outside of it. */
export interface EngineClaims {
  readonly loop: 'open' | 'closed';
  /** Holds a stated arrival rate. */
  readonly paces: boolean;
  /** Response times count from the intended arrival, free of coordinated omission. */
  readonly responseFromIntended: boolean;
  /** Latencies remain right when connections are reset or requests time out. */
  readonly survivesResets: boolean;
  /** One line each: what it is for, and what it must not be used for. */
  readonly use: string;
  readonly limits: string;
}

export interface LoadJob {
  /** `http://127.0.0.1:PORT`; anything but the loopback range is refused. */
  readonly base_url: string;
  readonly workload: Workload;
  /** Open-loop: the arrivals. A closed-loop engine uses the phases' names and durations and ignores their rates. */
  readonly schedule: Schedule;
  readonly connections: number;
  /** Open-loop: requests in flight at which arrivals are dropped and counted, never queued up for a burst. */
  readonly in_flight_cap: number;
  /** How long to wait for answers after the last arrival. */
  readonly drain_s: number;
  /** Processes that share the schedule, the connections and the cap; 1 when absent. What is sent does not depend on it. */
  readonly generators?: number;
  /**
   * File that requests of recorded classes are added to when they end, a line each, fields separated by tabs: id, class, outcome, status
   * (0 without an answer), when it was sent and when it ended (wall clock, ms since the epoch). No log when absent.
   */
  readonly writes_log?: string;
  /** Seconds between two tellings of what was seen until then (`Watch.onSoFar`), a whole number; nothing is told when absent. */
  readonly so_far_every_s?: number;
  /** Folder for what an engine would leave beside the result: k6 its script with the data. Nothing stays when absent. */
  readonly keep_in?: string;
}

export interface Watch {
  readonly signal?: AbortSignal;
  /** Called about once a second. */
  readonly onProgress?: (progress: Progress) => void;
  /** Called every `so_far_every_s` of the job. */
  readonly onSoFar?: (seen: SoFar) => void;
  /** Called when a phase begins and once after the last (with its end), for counters to be read at the borders. */
  readonly onPhase?: (phase: string, at_s: number) => void;
}

export interface Progress {
  readonly at_s: number;
  readonly total_s: number;
  readonly phase: string;
  readonly rate_per_s: number;
  readonly p95_us: number;
  readonly errors: number;
  readonly in_flight: number;
}

/**
 * What was seen until a moment, requests under way counted as in flight at the end. Seconds with requests under way are not among the
 * intervals yet, and journeys are told of at the end alone.
 */
export interface SoFar extends Pick<LoadResult, 'intervals' | 'classes' | 'totals' | 'generator'> {
  readonly at_s: number;
}

export interface LoadResult {
  /** Wall-clock start of the schedule, ms since the epoch. */
  readonly started_at_ms: number;
  readonly intervals: readonly Interval[];
  readonly classes: readonly ClassObservation[];
  /** Of a workload with journeys: how these fared, each by the phase in which it began. */
  readonly journeys?: readonly ClassObservation[];
  readonly totals: Conservation;
  readonly generator: GeneratorHealth;
  readonly complete: boolean;
  readonly incompleteBecause?: string;
}

export class EngineError extends Error {
  override name = 'EngineError';
}
