import { formatNumber } from '../units/format.ts';
import { decode, sampleCount } from '../observation/histogram.ts';
import type { ClassObservation, Observation } from '../observation/observation.ts';
import { failed, passed } from './validity-check.ts';
import type { ValidityCheck } from './validity-check.ts';
import { sumOf } from './window.ts';
import type { Sums } from './window.ts';

/**
 * Nothing may get lost in counting: scheduled = sent + dropped, sent = outcomes + in flight at the end, the classes add up to
 * the totals, and no histogram holds more than was sent. Exact: one request too many or too few is a defect of the executor.
 */
export function checkConservation(observation: Observation): ValidityCheck {
  const breaches = [...breachesOfTotals(observation), ...breachesOfClasses(observation)];
  const [first] = breaches;
  if (first === undefined)
    return passed('conservation', `all ${formatNumber(observation.totals.scheduled)} scheduled requests add up`);
  const more = breaches.length > 1 ? ` (and ${breaches.length - 1} more)` : '';
  return failed(
    'conservation',
    `requests do not add up: ${first}${more}`,
    'the executor miscounts; report it as a defect',
  );
}

function breachesOfTotals({ totals }: Observation): string[] {
  const { scheduled, sent, dropped, ok, http_error, timeout, reset, in_flight_at_end } = totals;
  const breaches: string[] = [];
  if (scheduled !== sent + dropped) breaches.push(`scheduled ${scheduled}, but sent ${sent} + dropped ${dropped}`);
  const ended = ok + http_error + timeout + reset + in_flight_at_end;
  if (sent !== ended) breaches.push(`sent ${sent}, but outcomes and in flight at the end make ${ended}`);
  return breaches;
}

const COUNTS: readonly (keyof Sums)[] = ['scheduled', 'sent', 'dropped', 'ok', 'http_error', 'timeout', 'reset'];

function breachesOfClasses(observation: Observation): string[] {
  const sums = sumOf(observation.classes);
  const unequal = COUNTS.filter((count) => sums[count] !== observation.totals[count]).map(
    (count) => `the classes have ${count} ${sums[count]}, but the totals ${observation.totals[count]}`,
  );
  return [...unequal, ...observation.classes.flatMap(breachOfHistogram)];
}

function breachOfHistogram(each: ClassObservation): string[] {
  const recorded = sampleCount(decode(each.response_us));
  if (recorded <= each.sent) return [];
  return [`class \`${each.class}\` in phase \`${each.phase}\` has ${recorded} latencies of ${each.sent} requests sent`];
}
