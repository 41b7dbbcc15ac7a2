import { createHistogram, encode, recordMany } from '../observation/histogram.ts';
import { OBSERVATION_FORMAT_VERSION } from '../observation/observation.ts';
import type { ClassObservation, GeneratorHealth, Interval, Observation } from '../observation/observation.ts';
import { sumOf } from './window.ts';

/** A class of a hand-made observation. Every request is ok unless said otherwise. */
export interface ClassByHand {
  readonly class?: string;
  readonly phase?: string;
  /** Latencies of answers: `[µs, how many]`. */
  readonly latencies: readonly (readonly [number, number])[];
  /** So many of the answers were HTTP errors. */
  readonly http_error?: number;
  /** So many of the slowest latencies are timeouts. */
  readonly timeout?: number;
  readonly reset?: number;
  readonly dropped?: number;
  /** Sent, but never recorded. */
  readonly unanswered?: number;
}

/** For tests: a class observation whose latencies, and so percentiles, are known. */
export function classByHand(by: ClassByHand): ClassObservation {
  const histogram = createHistogram();
  let recorded = 0;
  for (const [value_us, count] of by.latencies) {
    recordMany(histogram, value_us, count);
    recorded += count;
  }
  const { http_error = 0, timeout = 0, reset = 0, dropped = 0, unanswered = 0 } = by;
  const sent = recorded + unanswered;
  const encoded = encode(histogram);
  return {
    class: by.class ?? 'search',
    phase: by.phase ?? 'peak',
    scheduled: sent + dropped,
    sent,
    dropped,
    ok: recorded - http_error - timeout - reset,
    http_error,
    timeout,
    reset,
    statuses: {},
    response_us: encoded,
    service_us: encoded,
    censored: timeout,
  };
}

/** For tests: a healthy generator. */
export const HEALTHY: GeneratorHealth = {
  send_lag_us: { p50: 300, p99: 1_200, max: 4_000 },
  cpu_cores: 0.4,
  event_loop_utilisation: 0.42,
  gc_pause_ms_max: 3,
  memory_bytes_max: 80_000_000,
  sockets_max: 120,
  in_flight_cap: 2_000,
};

/** For tests: a valid run of `warm-up` (10 s) and `peak` (60 s, judged), its totals and rate following from the classes. */
export function observationByHand(
  classes: readonly ClassObservation[],
  change: Partial<Observation> = {},
): Observation {
  const { scheduled, sent, dropped, ...outcomes } = sumOf(classes);
  const peak = sumOf(classes.filter((each) => each.phase === 'peak'));
  const ended = outcomes.ok + outcomes.http_error + outcomes.timeout + outcomes.reset;
  const rate = peak.scheduled / 60;
  return {
    formatVersion: OBSERVATION_FORMAT_VERSION,
    what: {
      plan: 'amazon-shop',
      step: 3,
      scenario: 'peak',
      scale: 1,
      seed: 42,
      executor: 'live',
      engine: 'open-loop',
      profile: 'machine',
      environment: { node: '24.21.0' },
    },
    phases: [
      { name: 'warm-up', start_s: 0, end_s: 10, judged: false, target_rate_per_s: 0, counters: {} },
      { name: 'peak', start_s: 10, end_s: 70, judged: true, target_rate_per_s: rate, counters: {} },
    ],
    intervals: Array.from({ length: 70 }, (_, second) => intervalByHand(second, Math.round(rate), 20 + (second % 3))),
    classes,
    tiers: [],
    events: [],
    totals: { scheduled, sent, dropped, ...outcomes, in_flight_at_end: sent - ended },
    generator: HEALTHY,
    complete: true,
    ...change,
  };
}

/** For tests: one second with everything ok and so many requests in flight at its end. */
export function intervalByHand(start_s: number, sent: number, in_flight: number): Interval {
  const response_us = { p50: 0, p95: 0, p99: 0, max: 0 };
  const outcomes = { ok: sent, http_error: 0, timeout: 0, reset: 0 };
  return { start_s, scheduled: sent, sent, dropped: 0, in_flight, response_us, ...outcomes };
}

/** For tests: 1,000 samples from 1 to 1,000 µs, so that p95 is 950 µs. */
export const ONE_TO_1000: readonly (readonly [number, number])[] = Array.from(
  { length: 1000 },
  (_, index) => [index + 1, 1] as const,
);
