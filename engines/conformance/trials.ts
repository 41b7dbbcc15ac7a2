import { countAtOrBelow, max, percentile, sampleCount } from '../../model/observation/histogram.ts';
import type { LoadResult } from '../engine.ts';
import { responses, services } from '../testing/histograms.ts';
import { WORKLOAD } from '../testing/jobs.ts';
import { okAfter } from '../testing/stub-server.ts';
import { RATE_PER_S, SERVICE_MS, type Trial } from './trial.ts';

/** A rate is held when the whole run misses it by no more than this share … */
const RATE_TOLERANCE = 0.03;
/** … and no second by more than this: half of it may be another second's on a busy machine. */
const SECOND_TOLERANCE = 0.5;
const FREEZE = { from_ms: 700, to_ms: 1700 };
const RAMP = { from_ms: 20, to_ms: 600 };
const TIMEOUT_MS = 300;
/** Of what arithmetic expects to wait for half a second or longer, at least so much has to show. */
const WAITS_SHOWN = 0.7;

/** A server that always takes the same time: the plainest load there is. */
const constant: Trial = {
  name: 'a server that takes a constant time',
  claim: 'paces',
  duration_s: 2,
  answer: (_, response) => okAfter(response, SERVICE_MS),
  problems: (result) => rateProblems(result, 2),
};

/** A server that gets slower: who waits for answers sends ever less. */
const ramp: Trial = {
  name: 'a server that gets slower and slower',
  claim: 'paces',
  duration_s: 2,
  answer: (_, response, _n, at_ms) =>
    okAfter(response, RAMP.from_ms + ((RAMP.to_ms - RAMP.from_ms) * Math.min(at_ms, 2000)) / 2000),
  problems: (result) => rateProblems(result, 2),
};

/** Whoever arrives in a freeze of a second waits for the rest of it: half of them for longer than half a second. */
const freeze: Trial = {
  name: 'a server that freezes for a second',
  claim: 'responseFromIntended',
  duration_s: 2.5,
  answer: (_, response, _n, at_ms) => {
    const frozen = at_ms >= FREEZE.from_ms && at_ms < FREEZE.to_ms;
    okAfter(response, SERVICE_MS + (frozen ? FREEZE.to_ms - at_ms : 0));
  },
  problems: (result) => waitProblems(result, 2.5),
};

/** The same to its users as a freeze of the server: requests that were due meanwhile leave late. */
const hold: Trial = {
  name: 'a generator that is held up for a second',
  claim: 'responseFromIntended',
  duration_s: 3,
  hold_ms: 1000,
  answer: (_, response) => okAfter(response, SERVICE_MS),
  problems: (result) => waitProblems(result, 3),
};

/** Each reset is one request's failure, is seen as that, and touches no other. */
const resets: Trial = {
  name: 'a server that resets one connection in five',
  claim: 'survivesResets',
  duration_s: 2,
  answer: (request, response, n) => {
    if (n % 5 === 4) request.socket.resetAndDestroy();
    else okAfter(response, SERVICE_MS);
  },
  problems: (result, server) => {
    const done = Math.floor(server.seen.length / 5);
    return [
      ...differs('resets', result.totals.reset, done),
      ...differs('requests sent', result.totals.sent, server.seen.length),
      ...exceeds('the median in ms', percentile(responses(result), 50) / 1000, 3 * SERVICE_MS),
    ];
  },
};

/** Each answer that is too late is a timeout, at the moment when its time was up. */
const late: Trial = {
  name: 'a server that answers after the timeout',
  claim: 'survivesResets',
  duration_s: 2,
  workload: { ...WORKLOAD, classes: WORKLOAD.classes.map((template) => ({ ...template, timeout_ms: TIMEOUT_MS })) },
  answer: (_, response, n) => okAfter(response, n % 2 === 0 ? 3 * TIMEOUT_MS : 10),
  problems: (result, server) => {
    const due = Math.ceil(server.seen.length / 2);
    return [
      // A request more may time out on a busy machine, none fewer.
      ...(result.totals.timeout < due ? differs('timeouts', result.totals.timeout, due) : []),
      ...exceeds('the longest time in ms', max(services(result)) / 1000, TIMEOUT_MS * 1.01),
    ];
  },
};

export const TRIALS: readonly Trial[] = [constant, ramp, freeze, hold, resets, late];

function rateProblems({ totals, intervals }: LoadResult, duration_s: number): string[] {
  const expected = RATE_PER_S * duration_s;
  const missed = Math.abs(totals.sent / expected - 1) > RATE_TOLERANCE;
  const uneven = intervals.find(({ sent }) => Math.abs(sent / RATE_PER_S - 1) > SECOND_TOLERANCE);
  return [
    ...(missed ? [`${totals.sent} requests were sent, not ${expected}`] : []),
    ...(uneven ? [`${uneven.sent} were sent in second ${uneven.start_s}, not ${RATE_PER_S}`] : []),
  ];
}

/** Half of those who arrive while all stands still for a second wait for half a second or longer. */
function waitProblems(result: LoadResult, duration_s: number): string[] {
  const times = responses(result);
  const count = sampleCount(times);
  const share = count === 0 ? 0 : 1 - countAtOrBelow(times, 500_000) / count;
  const expected = 0.5 / duration_s;
  if (share >= WAITS_SHOWN * expected) return [];
  return [`${percent(share)} waited for half a second or longer, and ${percent(expected)} should have`];
}

function differs(what: string, found: number, expected: number): string[] {
  return found === expected ? [] : [`${found} ${what}, not ${expected}`];
}

function exceeds(what: string, found: number, limit: number): string[] {
  return found <= limit ? [] : [`${what} is ${found.toFixed(0)}, and should be ${limit.toFixed(0)} at the most`];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
