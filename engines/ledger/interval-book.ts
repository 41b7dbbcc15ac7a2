import { createHistogram, max, percentile, record, type Histogram } from '../../model/observation/histogram.ts';
import type { Interval } from '../../model/observation/observation.ts';
import type { Ending, Flight } from './flight.ts';

interface OpenInterval {
  readonly second: number;
  scheduled: number;
  sent: number;
  dropped: number;
  /** Sent for this second, but not ended yet. */
  pending: number;
  /** Requests in flight when the second was over; null until then. */
  in_flight: number | null;
  readonly endings: Record<Ending, number>;
  readonly response: Histogram;
}

/** Gets a second that is over, and its response times, which are the receiver's until it returns. */
export type OnInterval = (interval: Interval, response: Histogram) => void;

/**
 * Seconds of a run. A second stays open until all requests that were due in it have ended, which their timeouts bound;
 * then it is summarised and its histogram used again. So memory depends on the longest timeout, not on the run.
 */
export class IntervalBook {
  readonly #last: number;
  readonly #open: OpenInterval[] = [];
  readonly #spare: Histogram[] = [];
  readonly #emit: OnInterval;
  readonly #late_s: number;
  /** First second that is still open or yet to come. */
  #first = 0;
  #ended = 0;

  /**
   * `duration_s` of the schedule: the last interval may be shorter. `emit` gets closed intervals in time order. For so many seconds after a second
   * is over, `late_s`, requests may still turn out to have been due in it; a schedule knows all of them at their time.
   */
  constructor(duration_s: number, emit: OnInterval, late_s = 0) {
    this.#late_s = late_s;
    this.#last = Math.max(0, Math.ceil(duration_s) - 1);
    this.#emit = emit;
  }

  scheduled(intended_us: number): void {
    const interval = this.#at(intended_us);
    interval.scheduled++;
    interval.pending++;
  }

  dropped(intended_us: number): void {
    const interval = this.#at(intended_us);
    interval.dropped++;
    interval.pending--;
  }

  ended(flight: Flight, ending: Ending, response_us: number): void {
    this.#at(flight.sent_us).sent++;
    const interval = this.#at(flight.intended_us);
    interval.pending--;
    interval.endings[ending]++;
    record(interval.response, response_us);
  }

  /** To be called often: ends the seconds that are over and emits those with nothing pending. */
  tick(now_us: number, inFlight: number): void {
    for (; this.#ended <= this.#last && now_us >= (this.#ended + 1) * 1e6; this.#ended++) {
      this.#at(this.#ended * 1e6).in_flight = inFlight;
    }
    this.#closeFinished();
  }

  /** Ends the run after `elapsed_s`, when nothing is pending any more. */
  finish(elapsed_s: number): void {
    const last = Math.min(this.#last, Math.ceil(elapsed_s) - 1);
    this.tick((last + 1) * 1e6, 0);
    this.#closeFinished(0);
  }

  /** 95th percentile of the latest second that is over, so far, and its requests sent; zeros before that. */
  latest(): { readonly p95_us: number; readonly sent: number } {
    const latest = this.#open.findLast((interval) => interval.in_flight !== null);
    return latest === undefined
      ? this.#lastClosed
      : { p95_us: percentile(latest.response, 95), sent: latest.scheduled - latest.dropped };
  }

  #lastClosed = { p95_us: 0, sent: 0 };

  #at(time_us: number): OpenInterval {
    const second = Math.min(Math.floor(time_us / 1e6), this.#last);
    while (this.#first + this.#open.length <= second) this.#append();
    const interval = this.#open[second - this.#first];
    if (interval === undefined) throw new Error(`second ${second} was closed before its requests had ended`);
    return interval;
  }

  #append(): void {
    this.#open.push({
      second: this.#first + this.#open.length,
      scheduled: 0,
      sent: 0,
      dropped: 0,
      pending: 0,
      in_flight: null,
      endings: { ok: 0, http_error: 0, timeout: 0, reset: 0, abandoned: 0 },
      response: this.#spare.pop() ?? createHistogram(),
    });
  }

  #closeFinished(late_s = this.#late_s): void {
    for (let head = this.#open[0]; head !== undefined; head = this.#open[0]) {
      if (head.in_flight === null || head.pending > 0 || head.second + late_s >= this.#ended) return;
      const interval = summarise(head, head.in_flight);
      this.#lastClosed = { p95_us: interval.response_us.p95, sent: interval.sent };
      this.#emit(interval, head.response);
      head.response.reset();
      this.#spare.push(head.response);
      this.#open.shift();
      this.#first++;
    }
  }
}

function summarise(interval: OpenInterval, in_flight: number): Interval {
  const { ok, http_error, timeout, reset } = interval.endings;
  const p = (percent: number): number => percentile(interval.response, percent);
  return {
    start_s: interval.second,
    scheduled: interval.scheduled,
    sent: interval.sent,
    dropped: interval.dropped,
    ok,
    http_error,
    timeout,
    reset,
    in_flight,
    response_us: { p50: p(50), p95: p(95), p99: p(99), max: max(interval.response) },
  };
}
