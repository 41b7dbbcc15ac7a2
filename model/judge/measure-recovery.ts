import type { Interval, Observation, ObservedOutage, ObservedPhase } from '../observation/observation.ts';
import type { Measurement } from './measurement.ts';
import type { Lookout } from './metric.ts';
import { windowOf } from './window.ts';
import type { NoData } from './window.ts';

/** A second in which more of the requests fail than this is one that users notice. */
const ERROR_SHARE_MAX = 0.01;

/**
 * Seconds from a fault to the end of the last second in which more than 1 % of the requests failed, before the next fault; the longest of all
 * faults, and 0 where no second was that bad. Known from below when it was so to the end of the run. Without a phase all faults count.
 */
export function measureRecovery(
  observation: Observation,
  phases: readonly ObservedPhase[],
  phase?: string,
): Measurement | NoData {
  const all = [...new Set((observation.faults ?? []).map(({ injected_at_s }) => injected_at_s))].toSorted(
    (a, b) => a - b,
  );
  const end_s = Math.max(...observation.phases.map((each) => each.end_s));
  const within = all.filter((at_s) => phase === undefined || isWithin(at_s, phases));
  if (within.length === 0) {
    return { noData: 'no fault was brought about in the window', help: 'judge it in a scenario with `faults`' };
  }
  const recoveries = within.map((at_s) => {
    const until_s = all.find((other) => other > at_s) ?? end_s;
    const { interval_s = 1 } = observation;
    const bad = observation.intervals.findLast((each) => isBetween(each, interval_s, at_s, until_s) && isBad(each));
    const ended_s = bad ? bad.start_s + interval_s : at_s;
    return { value: Math.max(0, Math.min(ended_s, until_s) - at_s), censored: ended_s >= end_s - 1e-6 };
  });
  return longest(recoveries, phases);
}

/** What the outages of each thing are called, who sees them, and the counter that shows that it looked. */
const SEEN: Readonly<Record<Lookout, { readonly of: RegExp; readonly watch: string; readonly counter: string }>> = {
  writes: { of: /^writes\b/, watch: 'failover', counter: 'failover.outages' },
  keys: { of: /^slot \d+ /, watch: 'cache-failover', counter: 'cache_failover.outages' },
};

/** The watch that sees the outages of it. */
export function watchFor(of: Lookout): string {
  return SEEN[of].watch;
}

/** Seconds of the longest outage that a watch saw; 0 when it saw none, and NO_DATA when nobody looked. */
export function measureOutage(
  observation: Observation,
  phases: readonly ObservedPhase[],
  of: Lookout,
  phase?: string,
): Measurement | NoData {
  const seen = SEEN[of];
  const looked = observation.counters?.[seen.counter] !== undefined || observation.outages !== undefined;
  if (!looked) return { noData: `nobody looked for outages of ${of}`, help: `add \`watch: [${seen.watch}]\`` };
  const outages = (observation.outages ?? []).filter(
    (each) => seen.of.test(each.of) && (phase === undefined || isWithin(each.began_at_s, phases)),
  );
  const lasting = observation.events.filter(({ kind }) => kind === 'outage-lasts');
  return longest(
    outages.map((each) => ({
      value: each.ended_at_s - each.began_at_s,
      censored: lasting.some((event) => isEndOf(event, each)),
    })),
    phases,
  );
}

interface Duration {
  readonly value: number;
  readonly censored: boolean;
}

/** The longest; one that has not ended may be longer than it was seen to be. */
function longest(durations: readonly Duration[], phases: readonly ObservedPhase[]): Measurement {
  const value = Math.max(0, ...durations.map((each) => each.value));
  const censored = durations.some((each) => each.censored);
  const samples = Math.max(1, durations.length);
  return { value, unit: 's', samples, censored, window: windowOf(phases) };
}

function isEndOf({ at_s }: { readonly at_s: number }, { ended_at_s }: ObservedOutage): boolean {
  return Math.abs(at_s - ended_at_s) < 1e-6;
}

function isWithin(at_s: number, phases: readonly ObservedPhase[]): boolean {
  return phases.some(({ start_s, end_s }) => at_s >= start_s && at_s < end_s);
}

function isBetween({ start_s }: Interval, interval_s: number, from_s: number, until_s: number): boolean {
  return start_s + interval_s > from_s && start_s < until_s;
}

function isBad({ ok, http_error, timeout, reset }: Interval): boolean {
  const failed = http_error + timeout + reset;
  return failed > (ok + failed) * ERROR_SHARE_MAX;
}
