import type { Interval } from '../../observation/observation.ts';
import { bucketCount, bucketLow, bucketOf, bucketWidth } from './bucket.ts';
import { HTTP_ERROR, OK, OUTCOMES, RESET, TIMEOUT } from './outcome.ts';

/** Response times of an interval are told apart to 3 %: enough for a line over time, and a twentieth of the exact ones' room. */
const BITS = 5;
const BUCKETS = bucketCount(BITS);
const QUANTILES = [0.5, 0.95, 0.99] as const;

/**
 * Requests by interval of their arrival. Response times are kept in a ring of histograms, one an interval: after the
 * longest time that a request can take, an interval's is summed up and used again. So room is taken by the number of
 * intervals and that time, never by the number of requests. Without such a time each interval has its own.
 */
export class IntervalRecord {
  readonly #interval_s: number;
  readonly #count: number;
  readonly #ring: number;
  readonly #latencies: Uint32Array;
  readonly #scheduled: Float64Array;
  readonly #outcomes: Float64Array;
  /** Requests by the interval in which they ended, the one after the schedule included. */
  readonly #ended: Float64Array;
  readonly #sum_us: Float64Array;
  readonly #max_us: Float64Array;
  readonly #quantiles_us: Float64Array;
  /** The last interval that saw an arrival. */
  #newest = -1;

  constructor(duration_s: number, interval_s: number, responseMax_s: number) {
    const count = Math.max(1, Math.ceil(duration_s / interval_s - 1e-9));
    this.#interval_s = interval_s;
    this.#count = count;
    this.#ring = Math.min(count, Math.ceil(responseMax_s / interval_s) + 2);
    this.#latencies = new Uint32Array(this.#ring * BUCKETS);
    this.#scheduled = new Float64Array(count);
    this.#outcomes = new Float64Array(count * OUTCOMES);
    this.#ended = new Float64Array(count + 1);
    this.#sum_us = new Float64Array(count);
    this.#max_us = new Float64Array(count);
    this.#quantiles_us = new Float64Array(count * QUANTILES.length);
  }

  scheduled(at_s: number): void {
    const interval = this.#intervalOf(at_s);
    this.#scheduled[interval] = (this.#scheduled[interval] ?? 0) + 1;
    while (this.#newest < interval) this.#open(++this.#newest);
  }

  finished(arrival_s: number, end_s: number, response_us: number, outcome: number): void {
    const interval = this.#intervalOf(arrival_s);
    if (interval <= this.#newest - this.#ring) throw new RangeError('a request took longer than any can take');
    const counted = interval * OUTCOMES + outcome;
    this.#outcomes[counted] = (this.#outcomes[counted] ?? 0) + 1;
    this.#sum_us[interval] = (this.#sum_us[interval] ?? 0) + response_us;
    if (response_us > (this.#max_us[interval] ?? 0)) this.#max_us[interval] = response_us;
    const bucket = (interval % this.#ring) * BUCKETS + bucketOf(response_us, BITS);
    this.#latencies[bucket] = (this.#latencies[bucket] ?? 0) + 1;
    const end = Math.min(Math.floor(end_s / this.#interval_s), this.#count);
    this.#ended[end] = (this.#ended[end] ?? 0) + 1;
  }

  /** All intervals, or those up to the last arrival when the run was stopped. */
  intervals(stopped: boolean): Interval[] {
    for (let i = Math.max(0, this.#newest - this.#ring + 1); i <= this.#newest; i++) this.#sumUp(i);
    const intervals: Interval[] = [];
    let in_flight = 0;
    for (let i = 0; i < (stopped ? this.#newest + 1 : this.#count); i++) {
      const scheduled = this.#scheduled[i] ?? 0;
      in_flight += scheduled - (this.#ended[i] ?? 0);
      intervals.push({
        start_s: i * this.#interval_s,
        scheduled,
        sent: scheduled,
        dropped: 0,
        ...this.#outcomesOf(i),
        in_flight,
        response_us: this.#responseOf(i),
      });
    }
    return intervals;
  }

  /** What arrives at the very end of the schedule belongs to its last interval. */
  #intervalOf(at_s: number): number {
    return Math.min(Math.floor(at_s / this.#interval_s), this.#count - 1);
  }

  #open(interval: number): void {
    if (interval < this.#ring) return;
    this.#sumUp(interval - this.#ring);
    const slot = (interval % this.#ring) * BUCKETS;
    this.#latencies.fill(0, slot, slot + BUCKETS);
  }

  /** Quantiles of an interval's response times, each in the middle of its bucket but never above the largest. */
  #sumUp(interval: number): void {
    const slot = (interval % this.#ring) * BUCKETS;
    const total = this.#endedOf(interval);
    if (total === 0) return;
    let bucket = -1;
    let below = 0;
    for (const [q, quantile] of QUANTILES.entries()) {
      const rank = Math.max(1, Math.ceil(quantile * total - 1e-9));
      while (below < rank) below += this.#latencies[slot + ++bucket] ?? 0;
      const middle = bucketLow(bucket, BITS) + (bucketWidth(bucket, BITS) - 1) / 2;
      this.#quantiles_us[interval * QUANTILES.length + q] = Math.min(middle, this.#max_us[interval] ?? 0);
    }
  }

  #endedOf(interval: number): number {
    const { ok, http_error, timeout, reset } = this.#outcomesOf(interval);
    return ok + http_error + timeout + reset;
  }

  #outcomesOf(interval: number): Pick<Interval, 'ok' | 'http_error' | 'timeout' | 'reset'> {
    const of = (outcome: number): number => this.#outcomes[interval * OUTCOMES + outcome] ?? 0;
    return { ok: of(OK), http_error: of(HTTP_ERROR), timeout: of(TIMEOUT), reset: of(RESET) };
  }

  #responseOf(interval: number): Interval['response_us'] {
    const of = (quantile: number): number => this.#quantiles_us[interval * QUANTILES.length + quantile] ?? 0;
    const mean = (this.#sum_us[interval] ?? 0) / Math.max(1, this.#endedOf(interval));
    return { p50: of(0), p95: of(1), p99: of(2), max: this.#max_us[interval] ?? 0, mean };
  }
}
