import { expect, test } from 'vitest';
import { createHistogram, encode } from '../../model/observation/histogram.ts';
import type { ClassObservation, Interval } from '../../model/observation/observation.ts';
import type { FinalResult } from '../child/messages.ts';
import { checkConserved } from '../testing/check-conserved.ts';
import { DueTimes } from './due-times.ts';
import { SendLag } from './send-lag.ts';
import { allDropped, withDrops } from './with-drops.ts';

const steady = (name: string, rate_per_s: number, duration_s: number) => ({
  name,
  duration_s,
  judged: true,
  pieces: [{ duration_s, rate_per_s, rate_end_per_s: rate_per_s }],
});
const scheduleOf = (...phases: ReturnType<typeof steady>[]) => ({ process: 'uniform' as const, seed: 1, phases });
const none = { ok: 0, http_error: 0, timeout: 0, reset: 0, scheduled: 0, sent: 0, dropped: 0 };
const intervals = (count: number): Interval[] =>
  Array.from({ length: count }, (_, start_s) => ({
    ...none,
    start_s,
    in_flight: 0,
    response_us: { p50: 0, p95: 0, p99: 0, max: 0 },
  }));
const empty = encode(createHistogram());
const observed = (name: string, phase: string): ClassObservation => ({
  ...none,
  class: name,
  phase,
  statuses: {},
  response_us: empty,
  service_us: empty,
  censored: 0,
});
const resultOf = (...classes: ClassObservation[]): FinalResult => ({
  started_at_ms: 0,
  classes,
  totals: { ...none, in_flight_at_end: 0 },
  generator: {
    send_lag_us: { p50: 0, p99: 0, max: 0 },
    cpu_cores: 0,
    event_loop_utilisation: 0,
    gc_pause_ms_max: 0,
    memory_bytes_max: 0,
    sockets_max: 0,
  },
  complete: true,
});
const shares = new Map([
  ['read', 0.75],
  ['write', 0.25],
]);

test('drops belong to the seconds whose requests were never made up for', () => {
  // 10 due a second. In second 1 only 4 went out, of which 2 were made up for in second 2; in second 4 one was dropped.
  const drops = { schedule: scheduleOf(steady('a', 10, 5)), shares, dropped: [5], sent: [[10, 4, 12, 10, 9]] };
  const { result, intervals: spread } = withDrops(
    resultOf(observed('read', 'a'), observed('write', 'a')),
    intervals(5),
    drops,
  );
  expect(spread.map(({ dropped }) => dropped)).toEqual([0, 4, 0, 0, 1]);
  expect(result.classes.map(({ dropped }) => dropped)).toEqual([4, 1]);
  checkConserved({ ...result, intervals: spread });
});

test('each phase has its own, and an early end leaves none out', () => {
  const schedule = scheduleOf(steady('a', 10, 1.5), steady('b', 2, 3.5));
  const drops = {
    schedule,
    shares,
    dropped: [3, 4],
    sent: [
      [9, 3],
      [0, 1, 2],
    ],
  };
  const classes = [observed('read', 'a'), observed('write', 'b')];
  const { result, intervals: spread } = withDrops(resultOf(...classes), intervals(3), drops);
  expect(result.classes.map(({ dropped }) => dropped)).toEqual([3, 4]);
  expect(spread.map(({ dropped }) => dropped)).toEqual([1, 2, 4]);
  checkConserved({ ...result, intervals: spread });
});

test('what a late k6 had not begun at the end of a phase was dropped, but for what was due at the very end', () => {
  const schedule = scheduleOf(steady('a', 10, 2), steady('b', 10, 2), steady('c', 10, 2), steady('d', 2.5, 1));
  const sent = [[10, 9], [10, 7], [10, 3], [2]];
  expect(allDropped({ schedule, dropped: [0, 0, 7, 0], sent })).toEqual([0, 2, 7, 0]);
});

test('a phase of which nothing was sent is an error', () => {
  const drops = { schedule: scheduleOf(steady('a', 1, 1)), shares, dropped: [1], sent: [[]] };
  expect(() => withDrops(resultOf(), intervals(1), drops)).toThrow(/dropped all 1 requests of phase `a`/);
});

test('due times are those of the area under the rate, forwards and back', () => {
  const pieces = [
    { duration_s: 2, rate_per_s: 0, rate_end_per_s: 10 },
    { duration_s: 1, rate_per_s: 0, rate_end_per_s: 0 },
    { duration_s: 2, rate_per_s: 5, rate_end_per_s: 5 },
  ];
  const due = new DueTimes({ name: 'p', duration_s: 5, judged: true, pieces });
  // The area below 5 t² / 2 is 10 at 2 s and 2.5 at 1 s; then a second of silence.
  expect([10, 11, 15, 20, 21, 10, 1].map((k) => Number(due.of(k).toFixed(6)))).toEqual([2, 3.2, 4, 5, 5, 2, 0.632456]);
  expect([0, 1, 2, 2.5, 4, 9].map((at_s) => due.until(at_s))).toEqual([0, 2.5, 10, 10, 15, 20]);
});

test('lag counts from when a request was due, also behind dropped ones', () => {
  const lag = new SendLag(scheduleOf(steady('a', 10, 10)));
  for (let n = 0; n < 20; n++) lag.sent(0, n, (n + 1) * 1e5 + 3000);
  expect(lag.figures().max).toBe(3000);
  lag.drops(0);
  // Five are dropped in the third second. From the fourth on it is known.
  for (let n = 20; n < 25; n++) lag.sent(0, n, (n + 6) * 1e5 + 3000);
  const before = lag.figures().max;
  expect(before).toBeGreaterThan(400_000);
  const after = new SendLag(scheduleOf(steady('a', 10, 10)));
  after.drops(0);
  for (let n = 0; n < 5; n++) after.sent(0, n, (n + 6) * 1e5);
  for (let n = 5; n < 60; n++) after.sent(0, n, (n + 6) * 1e5 + 3000);
  expect(after.figures().p50).toBeLessThan(4000);
});
