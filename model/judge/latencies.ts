import { createHistogram, decode, max, merge, percentile, sampleCount } from '../observation/histogram.ts';
import type { Histogram } from '../observation/histogram.ts';
import type { ClassObservation } from '../observation/observation.ts';
import type { TimeKind } from './metric.ts';

/** Latencies of several classes and phases together, with what is not known about them. */
export interface Latencies {
  readonly histogram: Histogram;
  readonly recorded: number;
  /** Requests that were sent but never recorded (still in flight at the end): they rank above all others. */
  readonly unanswered: number;
  /** Requests without a right answer: errors, resets and timeouts. Users wait for an answer, so these rank above all that got one. */
  readonly failed: number;
  /** Least latency in µs that is a lower bound only (a timeout); infinite when none is. */
  readonly censored_from_us: number;
}

/** A latency in µs; `censored` when the true one may be larger. */
export interface RankedLatency {
  readonly value_us: number;
  readonly censored: boolean;
}

/**
 * Adds up the histograms of the given class observations. A class's censored samples are taken to be its slowest, because a request
 * that waits for its deadline waits longer than any that was answered before it. That holds a class at a time only: with
 * different deadlines, one class's timeouts lie below another's answers, so the border is taken before merging.
 */
export function latenciesOf(classes: readonly ClassObservation[], time: TimeKind): Latencies {
  const histogram = createHistogram();
  let censored_from_us = Infinity;
  let unanswered = 0;
  let failed = 0;
  for (const each of classes) {
    const own = decode(time === 'response' ? each.response_us : each.service_us);
    const recorded = sampleCount(own);
    merge(histogram, own);
    failed += each.http_error + each.reset + each.timeout;
    unanswered += Math.max(0, each.sent - recorded);
    const censored = Math.min(each.censored, recorded);
    if (censored > 0) censored_from_us = Math.min(censored_from_us, valueAtRank(own, recorded - censored + 1));
  }
  return { histogram, recorded: sampleCount(histogram), unanswered, failed, censored_from_us };
}

/**
 * The latency of a rank (1-based) among all that were sent. A rank that falls among failures is only known from below: an error
 * that comes back at once is no fast answer.
 */
export function latencyAtRank(latencies: Latencies, rank: number): RankedLatency {
  if (rank > latencies.recorded) return { value_us: max(latencies.histogram), censored: true };
  const value_us = valueAtRank(latencies.histogram, rank);
  const isFailed = rank > latencies.recorded - latencies.failed;
  return { value_us, censored: isFailed || value_us >= latencies.censored_from_us };
}

/** The p-quantile (0 to 1) of all that were sent, by the nearest rank. */
export function latencyAtQuantile(latencies: Latencies, quantile: number): RankedLatency {
  // 0.95 × 20 is 19 exactly, whatever floating point makes of it.
  const rank = Math.max(1, Math.ceil(quantile * (latencies.recorded + latencies.unanswered) - 1e-9));
  return latencyAtRank(latencies, rank);
}

/** True when at least one latency is known only from below. */
export function anyCensored(latencies: Latencies): boolean {
  return latencies.unanswered > 0 || latencies.censored_from_us < Infinity;
}

function valueAtRank(histogram: Histogram, rank: number): number {
  // Half a rank down, so that rounding in the percentage cannot push it into the next one.
  return percentile(histogram, ((rank - 0.5) / sampleCount(histogram)) * 100);
}
