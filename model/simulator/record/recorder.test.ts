import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conservationProblems } from '../../observation/conservation.ts';
import { createHistogram, decode, encode, percentile, record } from '../../observation/histogram.ts';
import type { Interval, What } from '../../observation/observation.ts';
import { HTTP_ERROR, OK, RESET, TIMEOUT } from './outcome.ts';
import { Recorder } from './recorder.ts';
import type { RecorderOptions } from './recorder.ts';

const WHAT: What = {
  plan: 'shop',
  step: 3,
  scenario: 'peak',
  scale: 1,
  seed: 42,
  executor: 'simulator',
  engine: 'discrete-event',
  profile: 'documents',
  environment: {},
};

const phase = (name: string, start_s: number, end_s: number, judged = true): RecorderOptions['phases'][number] => {
  return { name, judged, start_s, end_s, target_rate_per_s: 10 };
};

const OPTIONS: RecorderOptions = {
  classes: ['search', 'checkout'],
  phases: [phase('warm-up', 0, 2, false), phase('peak', 2, 6)],
  tiers: ['app', 'database'],
  counters: ['app.visits', 'cache.hits'],
  maxTimeout_s: 3,
  batches: 4,
};

const recorder = (change: Partial<RecorderOptions> = {}): Recorder => new Recorder({ ...OPTIONS, ...change });

interface Request {
  readonly cls: number;
  readonly at_s: number;
  readonly response_s: number;
  readonly outcome: number;
}

/** Hands arrivals and ends over in the order of time, as a simulation does. */
function play(into: Recorder, requests: readonly Request[]): void {
  const steps = requests.flatMap((request) => [
    { at_s: request.at_s, act: () => into.scheduled(request.cls, request.at_s) },
    {
      at_s: request.at_s + request.response_s,
      act: () => into.finished(request.cls, request.at_s, request.at_s + request.response_s, request.outcome),
    },
  ]);
  for (const step of steps.toSorted((a, b) => a.at_s - b.at_s)) step.act();
}

const requests = fc.array(
  fc.record({
    cls: fc.nat(1),
    at_s: fc.double({ min: 0, max: 6, noNaN: true }),
    response_s: fc.double({ min: 0, max: 3, noNaN: true }),
    outcome: fc.constantFrom(OK, HTTP_ERROR, TIMEOUT, RESET),
  }),
  { maxLength: 60 },
);

describe('what belongs where', () => {
  test('everything about a request belongs to the phase and second of its arrival', () => {
    const into = recorder();
    play(into, [{ cls: 1, at_s: 1.9, response_s: 0.25, outcome: TIMEOUT }]);
    const seen = into.finish(0, WHAT);
    expect(seen.classes.find((each) => each.sent > 0)).toMatchObject({
      class: 'checkout',
      phase: 'warm-up',
      scheduled: 1,
      timeout: 1,
      censored: 1,
    });
    expect(seen.intervals[1]).toMatchObject({ start_s: 1, scheduled: 1, sent: 1, timeout: 1, in_flight: 1 });
    expect(seen.intervals[1]?.response_us).toEqual({
      p50: 250_000,
      p95: 250_000,
      p99: 250_000,
      max: 250_000,
      mean: 250_000,
    });
    expect(seen.intervals[2]).toMatchObject({ scheduled: 0, timeout: 0, in_flight: 0 });
  });

  test('counters belong to the phase in which they count, and to the last one after the end', () => {
    const into = recorder();
    for (const [at_s, by] of [
      [0, 1],
      [1.99, 1],
      [2, 10],
      [5, 10],
      [9, 100],
    ] as const)
      into.count(1, at_s, by);
    const counters = into.finish(0, WHAT).phases.map((each) => each.counters);
    expect(counters).toEqual([
      { 'app.visits': 0, 'cache.hits': 2 },
      { 'app.visits': 0, 'cache.hits': 120 },
    ]);
  });

  test('a request in flight at the end was sent, and has no response time', () => {
    const into = recorder();
    into.scheduled(0, 5);
    const seen = into.finish(1, WHAT);
    expect(seen.totals).toMatchObject({ sent: 1, ok: 0, in_flight_at_end: 1 });
    expect(seen.intervals[5]).toMatchObject({ sent: 1, in_flight: 1, response_us: { p50: 0, max: 0 } });
  });
});

test('histograms are exactly as if every response had been recorded in one, whatever the order', () => {
  fc.assert(
    fc.property(requests, (all) => {
      const into = recorder();
      play(into, all);
      for (const each of into.finish(0, WHAT).classes) {
        const whole = createHistogram();
        const own = all.filter(
          ({ cls, at_s }) => OPTIONS.classes[cls] === each.class && at_s < 2 === (each.phase === 'warm-up'),
        );
        for (const { at_s, response_s } of own) record(whole, (at_s + response_s - at_s) * 1e6);
        expect(each.response_us).toBe(encode(whole));
        expect(each.service_us).toBe(each.response_us);
      }
    }),
  );
});

test('requests are conserved, in the whole, in the classes and in the intervals', () => {
  fc.assert(
    fc.property(requests, (all) => {
      const into = recorder();
      play(into, all);
      const seen = into.finish(0, WHAT);
      expect(conservationProblems(seen.totals)).toEqual([]);
      const sum = (of: (each: Interval) => number): number =>
        seen.intervals.reduce((total, each) => total + of(each), 0);
      expect(sum((each) => each.sent)).toBe(all.length);
      expect(sum((each) => each.ok + each.http_error + each.timeout + each.reset)).toBe(all.length);
      for (const [i, { in_flight }] of seen.intervals.entries()) {
        const border_s = i + 1;
        const inside = all.filter(
          ({ at_s, response_s }) => (at_s < border_s || border_s === 6) && at_s + response_s >= border_s,
        );
        expect(in_flight).toBe(inside.length);
      }
    }),
  );
});

test.each([0.5, 3, Infinity])('intervals sum up alike however long a request may take (%d s)', (maxTimeout_s) => {
  const all = Array.from({ length: 600 }, (_, i) => {
    return { cls: i % 2, at_s: i / 100, response_s: ((i * 37) % 100) / 200, outcome: OK };
  });
  const into = recorder({ maxTimeout_s });
  play(into, all);
  for (const interval of into.finish(0, WHAT).intervals) {
    const own = createHistogram();
    for (const each of all) if (Math.floor(each.at_s) === interval.start_s) record(own, each.response_s * 1e6);
    const { p50, p95, p99, max } = interval.response_us;
    expect(Math.abs(p50 / percentile(own, 50) - 1)).toBeLessThan(0.02);
    expect(Math.abs(p95 / percentile(own, 95) - 1)).toBeLessThan(0.02);
    expect(Math.abs(p99 / percentile(own, 99) - 1)).toBeLessThan(0.02);
    expect(Math.abs(max / percentile(own, 100) - 1)).toBeLessThan(0.001);
    expect(interval.response_us.mean).toBeCloseTo(247_500, 0);
  }
});

test('a response beyond what any request can take is a defect, and so is one that is no number', () => {
  const into = recorder({ maxTimeout_s: 1, phases: [phase('peak', 0, 60)] });
  into.scheduled(0, 0);
  into.scheduled(0, 59);
  expect(() => into.finished(0, 0, 59.5, OK)).toThrow(RangeError);
  expect(() => into.finished(0, 59, NaN, OK)).toThrow(RangeError);
  expect(() => recorder({ phases: [] })).toThrow(RangeError);
});

test('what is longer than ten minutes counts as that', () => {
  const into = recorder({ maxTimeout_s: Infinity });
  play(into, [{ cls: 0, at_s: 3, response_s: 5_000, outcome: OK }]);
  const [, , search] = into.finish(0, WHAT).classes;
  expect(percentile(decode(search?.response_us ?? ''), 50)).toBeGreaterThanOrEqual(600_000_000);
});

test('batches are equal parts of the judged time alone, across phases', () => {
  const phases = [phase('a', 0, 4), phase('pause', 4, 100, false), phase('b', 100, 104)];
  const into = recorder({ phases, batches: 4, maxTimeout_s: Infinity });
  for (const [at_s, response_s] of [
    [0, 1],
    [1, 3],
    [3.9, 5],
    [50, 9],
    [100, 7],
    [104, 2],
  ] as const) {
    play(into, [{ cls: 0, at_s, response_s, outcome: OK }]);
  }
  expect(into.batches()).toEqual([
    { requests: 2, mean_s: 2 },
    { requests: 1, mean_s: expect.closeTo(5, 9) },
    { requests: 1, mean_s: 7 },
    { requests: 1, mean_s: 2 },
  ]);
});

test('tiers and events come out as they went in, in the order of time', () => {
  const into = recorder();
  into.tierSample(1, 1, 0.5, 3, 2, 120);
  into.event(5, 'promoted', 1, 'stand-by 1');
  into.event(4, 'crash', 1, 'instance 0');
  into.event(4, 'full', null, 'arrivals are reset');
  const seen = into.finish(0, WHAT);
  expect(seen.tiers).toEqual([
    { tier: 'app', series: [] },
    { tier: 'database', series: [{ at_s: 1, utilisation: 0.5, queue_length: 3, instances: 2, throughput_per_s: 120 }] },
  ]);
  expect(seen.events.map((event) => [event.kind, event.tier])).toEqual([
    ['crash', 'database'],
    ['full', undefined],
    ['promoted', 'database'],
  ]);
});

test('a long run has longer intervals, and says so', () => {
  const into = recorder({ phases: [phase('day', 0, 86_400)] });
  into.scheduled(0, 86_399);
  const seen = into.finish(1, WHAT);
  expect(seen.interval_s).toBe(10);
  expect(seen.intervals).toHaveLength(8_640);
  expect(seen.intervals.at(-1)).toMatchObject({ start_s: 86_390, sent: 1 });
  expect(recorder().finish(0, WHAT)).not.toHaveProperty('interval_s');
});

test('a run that was stopped says why, and ends with its last arrival', () => {
  const into = recorder();
  into.scheduled(0, 2.5);
  const seen = into.finish(1, WHAT, 'interrupted');
  expect(seen).toMatchObject({ complete: false, incompleteBecause: 'interrupted' });
  expect(seen.intervals).toHaveLength(3);
});
