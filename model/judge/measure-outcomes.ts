import type { Observation, ObservedPhase } from '../observation/observation.ts';
import { poissonScore, wilson } from './intervals.ts';
import type { Measurement } from './measurement.ts';
import { classesOf, duration_s, isNoData, sumOf, windowOf } from './window.ts';
import type { NoData, Sums } from './window.ts';

/**
 * Share of the requests sent that got no acceptable answer, with Wilson's interval. A request without an answer counts as
 * an error, except in a live closed loop: that stops with one request in flight on each connection, and knows nothing of them.
 */
export function measureErrorRate(
  observation: Observation,
  phases: readonly ObservedPhase[],
  name?: string,
): Measurement | NoData {
  const sums = sumsOf(observation, phases, name);
  if (isNoData(sums)) return sums;
  const failed = sums.http_error + sums.timeout + sums.reset;
  const isClosed = observation.what.executor === 'live' && observation.generator.in_flight_cap === undefined;
  const sent = isClosed ? sums.ok + failed : sums.sent;
  if (sent === 0) return { noData: 'no request was sent in the window' };
  const errors = sent - sums.ok;
  return {
    value: errors / sent,
    unit: 'share',
    samples: sent,
    interval95: wilson(errors, sent),
    censored: false,
    window: windowOf(phases),
  };
}

/**
 * Ok answers per second of the phases. The count is exact for this run; the interval says how far another run of the same
 * length would differ, arrivals being Poisson.
 */
export function measureRate(
  observation: Observation,
  phases: readonly ObservedPhase[],
  name?: string,
): Measurement | NoData {
  const sums = sumsOf(observation, phases, name);
  if (isNoData(sums)) return sums;
  const seconds = duration_s(phases);
  if (seconds <= 0) return { noData: 'the window lasts no time' };
  if (sums.sent === 0) return { noData: 'no request was sent in the window' };
  const expected = poissonScore(sums.ok);
  return {
    value: sums.ok / seconds,
    unit: 'req/s',
    samples: sums.sent,
    interval95: { low: expected.low / seconds, high: expected.high / seconds },
    censored: false,
    window: windowOf(phases),
  };
}

/** Share of the scheduled requests that were sent. Counted, not sampled: no interval. */
export function measureReached(
  observation: Observation,
  phases: readonly ObservedPhase[],
  name?: string,
): Measurement | NoData {
  const sums = sumsOf(observation, phases, name);
  if (isNoData(sums)) return sums;
  if (sums.scheduled === 0) return { noData: 'nothing was scheduled in the window' };
  const value = sums.sent / sums.scheduled;
  return { value, unit: 'share', samples: sums.scheduled, censored: false, window: windowOf(phases) };
}

function sumsOf(observation: Observation, phases: readonly ObservedPhase[], name?: string): Sums | NoData {
  const classes = classesOf(observation, phases, name);
  return isNoData(classes) ? classes : sumOf(classes);
}
