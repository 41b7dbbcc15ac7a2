/**
 * What an executor saw. The live stack and the simulator both yield this type, so that one judge and one set of
 * reports serve both. Executors never judge: nothing here says "good" or "bad".
 *
 * Times named `*_s` count seconds from the start of the schedule. Latencies are microseconds, in HDR histograms
 * encoded with the V2 compressed base64 form that other HdrHistogram tools read.
 */
export const OBSERVATION_FORMAT_VERSION = 1;

export interface Observation {
  readonly formatVersion: typeof OBSERVATION_FORMAT_VERSION;
  readonly what: What;
  /** Length of the intervals in s; absent for 1. */
  readonly interval_s?: number;
  readonly phases: readonly ObservedPhase[];
  /** One entry a second (or every `interval_s`), in time order, covering the whole schedule. */
  readonly intervals: readonly Interval[];
  readonly classes: readonly ClassObservation[];
  /**
   * How journeys fared that requests were part of, as classes `journey.NAME`, by the phase in which they began; absent without. Times are those
   * of a journey's requests added up, without pauses. `scheduled` less `dropped` began; `sent` are those that came to an end, one way or another: the
   * end of the schedule cut off the others.
   */
  readonly journeys?: readonly ClassObservation[];
  readonly tiers: readonly TierObservation[];
  readonly events: readonly ObservedEvent[];
  /** What was brought about on purpose, and whether it took effect; absent without faults. */
  readonly faults?: readonly ObservedFault[];
  /** Outages with their parts, as a watch saw them. */
  readonly outages?: readonly ObservedOutage[];
  /** The writes that clients had sent, held against what was found afterwards. */
  readonly writes?: ObservedWrites;
  /** Counters of the run as a whole, which belong to no phase, e.g. `orders.oversold`. */
  readonly counters?: Readonly<Record<string, number>>;
  readonly totals: Conservation;
  readonly generator: GeneratorHealth;
  /** False when something ended the run early; what was seen until then is kept. */
  readonly complete: boolean;
  /** Why the run is incomplete, in words. */
  readonly incompleteBecause?: string;
}

export interface What {
  readonly plan: string;
  readonly step: number;
  readonly scenario: string;
  /** Fraction of the scenario's rates that was driven; 1 is full scale. */
  readonly scale: number;
  readonly seed: number;
  readonly executor: 'live' | 'simulator';
  /** Engine name for a live run, e.g. `open-loop`. */
  readonly engine: string;
  /** Whose capacities were used: the documents' figures, or what this machine is. */
  readonly profile: 'documents' | 'machine';
  /** Wall-clock start, ISO 8601. Absent for the simulator, which has no clock. */
  readonly startedAt?: string;
  /** Machine and software versions, e.g. `{ cpu: …, node: … }`. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface ObservedPhase {
  readonly name: string;
  readonly start_s: number;
  readonly end_s: number;
  /** Warm-up phases are driven and recorded, but no criterion looks at them unless it names them. */
  readonly judged: boolean;
  /** Mean scheduled rate over the phase; 0 for a closed-loop engine. */
  readonly target_rate_per_s: number;
  /** Mean scheduled rate of journeys; absent without. */
  readonly target_journeys_per_s?: number;
  /** Counters of this phase (difference between its end and its start), e.g. `cache.hits`, `database.queries`. */
  readonly counters: Readonly<Record<string, number>>;
}

/** Outcomes by kind. `ok` is an answer with a status that the request class accepts. */
export interface Outcomes {
  readonly ok: number;
  readonly http_error: number;
  readonly timeout: number;
  readonly reset: number;
}

/** scheduled = sent + dropped; sent = ok + http_error + timeout + reset + in_flight_at_end. Exact, or the run is invalid. */
export interface Conservation extends Outcomes {
  readonly scheduled: number;
  readonly sent: number;
  readonly dropped: number;
  readonly in_flight_at_end: number;
}

/**
 * One second, or `interval_s`. `scheduled`, `dropped`, outcomes and response times belong to the second of the intended
 * arrival, so that an outage shows when users met it; `sent` belongs to the second of the actual send, so that a generator
 * that fell behind shows.
 */
export interface Interval extends Outcomes {
  readonly start_s: number;
  readonly scheduled: number;
  readonly sent: number;
  readonly dropped: number;
  /** Requests in flight when the interval ended. */
  readonly in_flight: number;
  /** Response time of requests whose intended time lies in the interval, in µs; 0 when there were none. */
  readonly response_us: {
    readonly p50: number;
    readonly p95: number;
    readonly p99: number;
    readonly max: number;
    /** Known to the simulator alone. */
    readonly mean?: number;
  };
}

/** One request class within one phase. */
export interface ClassObservation extends Outcomes {
  readonly class: string;
  readonly phase: string;
  readonly scheduled: number;
  readonly sent: number;
  readonly dropped: number;
  /** HTTP status counts, e.g. `{ "200": 10 }`. Empty for the simulator. */
  readonly statuses: Readonly<Record<string, number>>;
  /** From the intended arrival to the last byte. Timeouts count at their deadline, resets at the moment they happened. */
  readonly response_us: EncodedHistogram;
  /** From the actual send to the last byte. */
  readonly service_us: EncodedHistogram;
  /** Samples in `response_us` that are lower bounds (timeouts): percentiles that reach into them carry a "≥". */
  readonly censored: number;
}

/** Base64 of an HdrHistogram V2 compressed payload; microseconds, 3 significant digits, 1 µs to 10 min. */
export type EncodedHistogram = string;

export interface TierObservation {
  readonly tier: string;
  readonly series: readonly TierSample[];
}

export interface TierSample {
  readonly at_s: number;
  /** Processor cores in use (1 = one core busy). */
  readonly cpu_cores?: number;
  /** Fraction of the tier's capacity in use, 0 to 1. */
  readonly utilisation?: number;
  readonly memory_bytes?: number;
  readonly instances?: number;
  readonly queue_length?: number;
  /** Visits that ended, per second since the sample before. */
  readonly throughput_per_s?: number;
}

export interface ObservedEvent {
  readonly at_s: number;
  readonly kind: string;
  readonly tier?: string;
  readonly detail: string;
}

/** A fault without an observed effect makes the run invalid; the judge decides, not the injector. */
export interface ObservedFault {
  readonly fault: string;
  readonly tier: string;
  /** What it was done to: ids of processes, or a link `app -> cache`. */
  readonly targets: readonly string[];
  readonly injected_at_s: number;
  /** What proves that it happened, in words: `postgres-1 (pid 812) is gone`. */
  readonly effect: string;
  /** When that was seen; absent when it never was. */
  readonly observed_at_s?: number;
  /** When all was as before; absent when that was not seen. */
  readonly healed_at_s?: number;
  /** What was not as before when the run was over. */
  readonly unhealed?: string;
}

/** A time in which something could not be done, from its last success before to its first one after. */
export interface ObservedOutage {
  /** What could not be done, e.g. `writes`. */
  readonly of: string;
  readonly began_at_s: number;
  readonly ended_at_s: number;
  /** One after the other; together they last as long as the outage. */
  readonly parts: readonly { readonly name: string; readonly duration_s: number }[];
}

/**
 * acknowledged + failed + indeterminate = all writes sent. Of the acknowledged some may be lost; of the indeterminate some may be
 * recovered (they are there after all); failed ones that are there nevertheless are unexpected, and so is what nobody sent.
 */
export interface ObservedWrites {
  readonly acknowledged: number;
  readonly failed: number;
  readonly indeterminate: number;
  readonly lost: number;
  readonly recovered: number;
  readonly unexpected: number;
  readonly duplicated: number;
  /** Acknowledged writes that could not be looked for. While there are any, nothing can be said to be lost or not. */
  readonly unread: number;
  /** A few ids of each kind, to look at. */
  readonly examples: Readonly<Record<string, readonly string[]>>;
}

/** How the load generator itself fared. A starved generator makes a run INVALID; the judge decides, not the engine. */
export interface GeneratorHealth {
  /** Delay between intended and actual send. */
  readonly send_lag_us: { readonly p50: number; readonly p99: number; readonly max: number };
  /** Processor cores used by the generator, averaged over the schedule. */
  readonly cpu_cores: number;
  /** Share of time its event loop was busy, 0 to 1. */
  readonly event_loop_utilisation: number;
  readonly gc_pause_ms_max: number;
  readonly memory_bytes_max: number;
  readonly sockets_max: number;
  /** Requests in flight at which the engine drops instead of sending; absent for closed-loop engines. */
  readonly in_flight_cap?: number;
}
