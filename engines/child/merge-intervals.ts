import { addCounts } from '../../model/observation/conservation.ts';
import { addBuckets, createHistogram, percentile } from '../../model/observation/histogram.ts';
import type { Interval } from '../../model/observation/observation.ts';
import type { IntervalsReport } from './messages.ts';

/** What one generator saw in a second. */
interface PartOfSecond {
  readonly interval: Interval;
  readonly buckets: Int32Array;
}

/** The seconds of a run that several generators shared. Memory holds those that some have ended and others have not. */
export class SharedIntervals {
  readonly #of: number;
  readonly #open = new Map<number, PartOfSecond[]>();
  readonly #merged: Interval[] = [];
  readonly #response = createHistogram();

  constructor(of: number) {
    this.#of = of;
  }

  /** Seconds that are complete. */
  get complete(): number {
    return this.#merged.length;
  }

  /** Those that are complete, in the order in which they became so. */
  get seconds(): readonly Interval[] {
    return this.#merged;
  }

  /** Takes what one of them reports. */
  add({ intervals, buckets }: IntervalsReport): void {
    for (const [i, interval] of intervals.entries()) {
      const parts = this.#open.get(interval.start_s) ?? [];
      parts.push({ interval, buckets: buckets[i] ?? new Int32Array() });
      if (parts.length === this.#of) this.#close(interval.start_s, parts);
      else this.#open.set(interval.start_s, parts);
    }
  }

  /** All seconds in time order. Those that some have not come to, because the run was stopped, are as the others saw them. */
  finish(): readonly Interval[] {
    for (const [start_s, parts] of this.#open) this.#close(start_s, parts);
    return this.#merged.toSorted((a, b) => a.start_s - b.start_s);
  }

  #close(start_s: number, parts: readonly PartOfSecond[]): void {
    this.#open.delete(start_s);
    const [only, ...more] = parts;
    this.#merged.push(only && more.length === 0 ? only.interval : this.#merge(start_s, parts));
  }

  #merge(start_s: number, parts: readonly PartOfSecond[]): Interval {
    this.#response.reset();
    for (const { buckets } of parts) addBuckets(this.#response, buckets);
    const p = (percent: number): number => percentile(this.#response, percent);
    return {
      start_s,
      ...addCounts(parts.map(({ interval }) => interval)),
      in_flight: parts.reduce((all, { interval }) => all + interval.in_flight, 0),
      response_us: {
        p50: p(50),
        p95: p(95),
        p99: p(99),
        max: Math.max(...parts.map(({ interval }) => interval.response_us.max)),
      },
    };
  }
}
