import { addCounts } from '../../observation/conservation.ts';
import { OBSERVATION_FORMAT_VERSION } from '../../observation/observation.ts';
import type { GeneratorHealth, ObservedEvent, Observation, TierSample, What } from '../../observation/observation.ts';
import type { SimulationRun } from '../run.ts';
import { BatchRecord } from './batch-record.ts';
import { ClassRecord } from './class-record.ts';
import { CounterRecord } from './counter-record.ts';
import { intervalLength_s } from './interval-length.ts';
import { IntervalRecord } from './interval-record.ts';
import { PhaseFinder } from './phase-finder.ts';
import type { RecordedPhase } from './phase-finder.ts';
import { wholeUs } from './whole-us.ts';

export type { RecordedPhase } from './phase-finder.ts';

export interface RecorderOptions {
  readonly classes: readonly string[];
  /** In time order from 0, without gaps. */
  readonly phases: readonly RecordedPhase[];
  readonly tiers: readonly string[];
  readonly counters: readonly string[];
  /** The longest that a request can take; Infinity when nothing bounds it. */
  readonly maxTimeout_s: number;
  /** Parts of the judged time for batch means. */
  readonly batches: number;
}

/**
 * Turns what happens in a simulation into an observation. Requests belong to the class, phase and interval of their
 * arrival, counters to the moment they count. Its room does not depend on the number of requests.
 */
export class Recorder {
  /** Length of an interval in s; tiers are to be sampled as often. */
  readonly interval_s: number;
  readonly #options: RecorderOptions;
  readonly #classes: ClassRecord;
  readonly #intervals: IntervalRecord;
  readonly #batches: BatchRecord;
  readonly #counters: CounterRecord;
  readonly #now: PhaseFinder;
  readonly #arrivals: PhaseFinder;
  readonly #samples: readonly TierSample[][];
  readonly #events: ObservedEvent[] = [];

  /** Throws a `RangeError` without a phase. */
  constructor(options: RecorderOptions) {
    const { phases, batches, counters } = options;
    const last = phases.at(-1);
    if (!last) throw new RangeError('a record needs at least one phase');
    this.interval_s = intervalLength_s(last.end_s);
    this.#options = options;
    this.#classes = new ClassRecord(options.classes, phases);
    this.#intervals = new IntervalRecord(last.end_s, this.interval_s, options.maxTimeout_s);
    this.#batches = new BatchRecord(phases, batches);
    this.#counters = new CounterRecord(counters, phases.length);
    this.#now = new PhaseFinder(phases);
    this.#arrivals = new PhaseFinder(phases);
    this.#samples = options.tiers.map(() => []);
  }

  /** A request is due. */
  scheduled(cls: number, at_s: number): void {
    this.#classes.scheduled(cls, this.#now.phaseOf(at_s));
    this.#intervals.scheduled(at_s);
  }

  /** A request ended with one of the outcomes of `outcome.ts`. */
  finished(cls: number, arrival_s: number, end_s: number, outcome: number): void {
    const phase = this.#arrivals.phaseOf(arrival_s);
    const response_s = end_s - arrival_s;
    const response_us = wholeUs(response_s);
    this.#classes.finished(cls, phase, response_us, outcome);
    this.#intervals.finished(arrival_s, end_s, response_us, outcome);
    this.#batches.finished(phase, arrival_s, response_s);
  }

  /** Adds to a counter; after the schedule's end, to its last phase. */
  count(counter: number, now_s: number, by: number): void {
    this.#counters.count(counter, this.#now.phaseOf(now_s), by);
  }

  tierSample(
    tier: number,
    at_s: number,
    utilisation: number,
    queue_length: number,
    instances: number,
    throughput_per_s: number,
  ): void {
    this.#samples[tier]?.push({ at_s, utilisation, instances, queue_length, throughput_per_s });
  }

  event(at_s: number, kind: string, tier: number | null, detail: string): void {
    const name = tier === null ? undefined : this.#options.tiers[tier];
    this.#events.push({ at_s, kind, ...(name === undefined ? {} : { tier: name }), detail });
  }

  batches(): SimulationRun['batches'] {
    return this.#batches.batches();
  }

  /** The whole observation. `inFlight` requests were sent and have not ended; `stopped` says why the run ended early. */
  finish(inFlight: number, what: What, stopped?: string): Observation {
    const { phases, tiers } = this.#options;
    const classes = this.#classes.observations();
    return {
      formatVersion: OBSERVATION_FORMAT_VERSION,
      what: { ...what, executor: 'simulator' },
      ...(this.interval_s === 1 ? {} : { interval_s: this.interval_s }),
      phases: phases.map(({ name, judged, start_s, end_s, target_rate_per_s }, index) => {
        const counters = this.#counters.countersOf(index);
        return { name, start_s, end_s, judged, target_rate_per_s, counters };
      }),
      intervals: this.#intervals.intervals(stopped !== undefined),
      classes,
      tiers: tiers.map((tier, index) => ({ tier, series: this.#samples[index] ?? [] })),
      events: this.#events.toSorted((a, b) => a.at_s - b.at_s),
      totals: { ...addCounts(classes), in_flight_at_end: inFlight },
      generator: NO_GENERATOR,
      complete: stopped === undefined,
      ...(stopped === undefined ? {} : { incompleteBecause: stopped }),
    };
  }
}

/** A simulation has no generator that could be late or busy. */
const NO_GENERATOR: GeneratorHealth = {
  send_lag_us: { p50: 0, p99: 0, max: 0 },
  cpu_cores: 0,
  event_loop_utilisation: 0,
  gc_pause_ms_max: 0,
  memory_bytes_max: 0,
  sockets_max: 0,
};
