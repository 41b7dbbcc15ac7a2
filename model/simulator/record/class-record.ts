import { createHistogram, encode, recordMany } from '../../observation/histogram.ts';
import type { EncodedHistogram, ClassObservation } from '../../observation/observation.ts';
import { bucketCount, bucketLow, bucketOf } from './bucket.ts';
import { HTTP_ERROR, OK, OUTCOMES, RESET, TIMEOUT } from './outcome.ts';
import type { RecordedPhase } from './phase-finder.ts';

/** The buckets of the observation's histograms. */
const BITS = 10;
const BUCKETS = bucketCount(BITS);

/** Requests by class and phase of their arrival: counts and response times. 86 KB for each pair that had an answer. */
export class ClassRecord {
  readonly #classes: readonly string[];
  readonly #phases: readonly RecordedPhase[];
  readonly #scheduled: Float64Array;
  readonly #outcomes: Float64Array;
  readonly #latencies: Uint32Array[];

  constructor(classes: readonly string[], phases: readonly RecordedPhase[]) {
    const cells = classes.length * phases.length;
    this.#classes = classes;
    this.#phases = phases;
    this.#scheduled = new Float64Array(cells);
    this.#outcomes = new Float64Array(cells * OUTCOMES);
    this.#latencies = Array.from({ length: cells }, () => NO_LATENCIES);
  }

  scheduled(cls: number, phase: number): void {
    const cell = this.#cell(cls, phase);
    this.#scheduled[cell] = (this.#scheduled[cell] ?? 0) + 1;
  }

  finished(cls: number, phase: number, response_us: number, outcome: number): void {
    const cell = this.#cell(cls, phase);
    const counted = cell * OUTCOMES + outcome;
    this.#outcomes[counted] = (this.#outcomes[counted] ?? 0) + 1;
    let latencies = this.#latencies[cell] ?? NO_LATENCIES;
    if (latencies === NO_LATENCIES) this.#latencies[cell] = latencies = new Uint32Array(BUCKETS);
    const bucket = bucketOf(response_us, BITS);
    latencies[bucket] = (latencies[bucket] ?? 0) + 1;
  }

  observations(): ClassObservation[] {
    return this.#phases.flatMap((phase, p) =>
      this.#classes.map((name, cls) => this.#observation(this.#cell(cls, p), name, phase.name)),
    );
  }

  #cell(cls: number, phase: number): number {
    return phase * this.#classes.length + cls;
  }

  #observation(cell: number, name: string, phase: string): ClassObservation {
    const scheduled = this.#scheduled[cell] ?? 0;
    const ended = (outcome: number): number => this.#outcomes[cell * OUTCOMES + outcome] ?? 0;
    const response_us = encoded(this.#latencies[cell] ?? NO_LATENCIES);
    return {
      class: name,
      phase,
      scheduled,
      // The simulator sends all that is due.
      sent: scheduled,
      dropped: 0,
      ok: ended(OK),
      http_error: ended(HTTP_ERROR),
      timeout: ended(TIMEOUT),
      reset: ended(RESET),
      statuses: {},
      response_us,
      // The simulator sends on time, so that the wait for the send is none.
      service_us: response_us,
      censored: ended(TIMEOUT),
    };
  }
}

/** Stands for the counts of a pair without an answer, so that an unused one takes no room. */
const NO_LATENCIES = new Uint32Array(0);

function encoded(latencies: Uint32Array): EncodedHistogram {
  const histogram = createHistogram();
  for (const [bucket, count] of latencies.entries()) {
    if (count > 0) recordMany(histogram, bucketLow(bucket, BITS), count);
  }
  return encode(histogram);
}
