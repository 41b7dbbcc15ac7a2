import { describe, expect, test } from 'vitest';
import type { GeneratorHealth, Observation } from '../observation/observation.ts';
import { SIMULATOR_CLAIMS } from './claims.ts';
import type { ExecutorClaims } from './claims.ts';
import { HEALTHY, classByHand, intervalByHand, observationByHand } from './observation-by-hand.ts';
import { validity } from './validity.ts';

const OPEN = SIMULATOR_CLAIMS;
const CLOSED: ExecutorClaims = { loop: 'closed', paces: false, responseFromIntended: false, survivesResets: false };
const CLASSES = [classByHand({ latencies: [[10_000, 60_000]] })];
const VALID = observationByHand(CLASSES);

function failedIn(observation: Observation, claims = OPEN): string[] {
  return validity(observation, claims)
    .filter((check) => !check.ok)
    .map((check) => `${check.severity}: ${check.name}`);
}

function generator(change: Partial<GeneratorHealth>): Observation {
  return observationByHand(CLASSES, { generator: { ...HEALTHY, ...change } });
}

function lag(p99: number): Observation {
  return generator({ send_lag_us: { p50: 100, p99, max: p99 } });
}

test('a good run passes every check, and each says what it found', () => {
  const checks = validity(VALID, OPEN);
  expect(checks.every((check) => check.ok && check.detail !== '')).toBe(true);
  expect(checks.map((check) => check.name)).toEqual([
    'complete',
    'conservation',
    'samples',
    'rate',
    'drops',
    'send lag',
    'generator',
    'steady state',
    'scale',
  ]);
});

const { totals, phases } = VALID;
const [warmUp, peak] = phases;
if (!warmUp || !peak) throw new Error('the hand-made observation has two phases');

test.each<[string, Observation, string[]]>([
  [
    'ended early',
    observationByHand(CLASSES, { complete: false, incompleteBecause: 'interrupted' }),
    ['invalid: complete'],
  ],
  [
    'lost a request',
    observationByHand(CLASSES, { totals: { ...totals, ok: totals.ok - 1 } }),
    ['invalid: conservation'],
  ],
  ['lost an arrival', observationByHand(CLASSES, { totals: { ...totals, dropped: 1 } }), ['invalid: conservation']],
  [
    'has more latencies than requests',
    observationByHand(
      CLASSES.map((each) => ({ ...each, sent: 1, scheduled: 1, ok: 1 })),
      { phases: [warmUp, { ...peak, target_rate_per_s: 0 }] },
    ),
    ['invalid: conservation'],
  ],
  ['judged nothing', observationByHand(CLASSES, { phases: [warmUp] }), ['invalid: samples']],
  ['sent nothing', observationByHand([]), ['invalid: samples']],
  [
    'was 2 % too slow',
    observationByHand(CLASSES, { phases: [warmUp, { ...peak, target_rate_per_s: 1020 }] }),
    ['invalid: rate'],
  ],
  ['was 0.9 % too slow', observationByHand(CLASSES, { phases: [warmUp, { ...peak, target_rate_per_s: 1009 }] }), []],
  [
    'dropped 0.2 %',
    observationByHand([classByHand({ latencies: [[10_000, 59_880]], dropped: 120 })]),
    ['invalid: drops'],
  ],
  ['dropped 0.1 %', observationByHand([classByHand({ latencies: [[10_000, 59_940]], dropped: 60 })]), []],
  ['was late', lag(50_001), ['invalid: send lag']],
  ['was hardly late', lag(50_000), []],
  ['was saturated', generator({ event_loop_utilisation: 0.9 }), ['invalid: generator']],
  ['ran at half scale', observationByHand(CLASSES, { what: { ...VALID.what, scale: 0.5 } }), ['warning: scale']],
])('a run that %s', (_, observation, expected) => {
  expect(failedIn(observation)).toEqual(expected);
});

test('lag is held against the latency where that is long', () => {
  const slow = [classByHand({ latencies: [[2_000_000, 60_000]] })];
  const late = { ...HEALTHY, send_lag_us: { p50: 100, p99: 150_000, max: 150_000 } };
  expect(failedIn(observationByHand(slow, { generator: late }))).toEqual([]);
});

test('a closed loop is not asked for a rate or for punctuality', () => {
  const late = observationByHand(CLASSES, {
    phases: [warmUp, { ...peak, target_rate_per_s: 5000 }],
    generator: { ...HEALTHY, send_lag_us: { p50: 0, p99: 1e6, max: 1e6 } },
  });
  expect(failedIn(late, CLOSED)).toEqual([]);
  expect(failedIn(late, OPEN)).toEqual(['invalid: rate', 'invalid: send lag']);
});

test('the simulator is not asked for a rate: it draws its arrivals from the stated process', () => {
  const bursts = observationByHand(CLASSES, {
    what: { ...VALID.what, executor: 'simulator' },
    phases: [warmUp, { ...peak, target_rate_per_s: 1_500 }],
  });
  expect(failedIn(bursts)).toEqual([]);
});

describe('who is to blame for drops', () => {
  const dropping = [classByHand({ latencies: [[10_000, 50_000]], dropped: 10_000 })];
  const helpFor = (change: Partial<GeneratorHealth>): string => {
    const observation = observationByHand(dropping, { generator: { ...HEALTHY, ...change } });
    return validity(observation, OPEN).find((check) => check.name === 'drops')?.help ?? '';
  };

  test('the system, when the generator was healthy', () => {
    expect(helpFor({})).toContain('the system held it up');
  });

  test('the generator, when it was busy', () => {
    expect(helpFor({ event_loop_utilisation: 0.97 })).toContain('the generator was saturated');
  });

  test('a simulation says when its own limit was reached', () => {
    const what = { ...VALID.what, executor: 'simulator' as const };
    const events = [{ at_s: 6.8, kind: 'full', detail: 'the limit is reached' }];
    expect(failedIn(observationByHand(CLASSES, { what, events }))).toEqual(['warning: room']);
  });

  test('a simulation drives any scale', () => {
    const what = { ...VALID.what, executor: 'simulator' as const, scale: 10 };
    expect(failedIn(observationByHand(CLASSES, { what }))).toEqual([]);
  });
});

describe('steady state', () => {
  const seconds = Array.from({ length: 70 }, (_, second) => second);
  const inFlight = (series: (second: number) => number, sent: (second: number) => number = () => 1000): Observation =>
    observationByHand(CLASSES, {
      intervals: seconds.map((second) => intervalByHand(second, sent(second), series(second))),
    });

  const inIntervalsOf5s = (series: (start_s: number) => number): Observation =>
    observationByHand(CLASSES, {
      interval_s: 5,
      intervals: seconds
        .filter((second) => second % 5 === 0)
        .map((start_s) => intervalByHand(start_s, 5_000, series(start_s))),
    });

  test.each<[string, Observation, string[]]>([
    ['growing without bound', inFlight((second) => 20 + 5 * second), ['warning: steady state']],
    ['level', inFlight((second) => 50 + (second % 7)), []],
    ['one burst', inFlight((second) => (second === 40 ? 900 : 20)), []],
    ['growing in warm-up only', inFlight((second) => Math.min(100, 10 * second)), []],
    [
      'a ramp of the rate at a constant response time',
      inFlight(
        (second) => 0.05 * 100 * (1 + second),
        (second) => 100 * (1 + second),
      ),
      [],
    ],
    ['a few requests more', inFlight((second) => second / 10), []],
    ['growing in intervals of 5 s', inIntervalsOf5s((start_s) => 20 + 5 * start_s), ['warning: steady state']],
  ])('%s', (_, observation, expected) => {
    expect(failedIn(observation)).toEqual(expected);
  });
});

describe('writes that were looked for', () => {
  const looked = (acknowledged: number, unread: number): Observation =>
    observationByHand([classByHand({ latencies: [[40_000, 1000]] })], {
      writes: {
        acknowledged,
        failed: 0,
        indeterminate: 0,
        lost: 0,
        recovered: 0,
        unexpected: 0,
        duplicated: 0,
        unread,
        examples: {},
      },
    });

  test.each<[string, Observation, string[]]>([
    ['all of them', looked(20, 0), []],
    ['one that was not read back', looked(20, 1), ['invalid: writes']],
    ['none that was recorded', looked(0, 0), ['invalid: writes']],
  ])('%s', (_, observation, expected) => {
    expect(failedIn(observation)).toEqual(expected);
  });
});

describe('users on journeys', () => {
  const began = (sent: number, cutOff: number, dropped = 0): Observation => ({
    ...observationByHand(CLASSES, {
      phases: [{ ...warmUp }, { ...peak, target_rate_per_s: 5000, target_journeys_per_s: 10 }],
    }),
    journeys: [
      {
        ...classByHand({ latencies: [[30_000, sent]] }),
        class: 'journey.buy',
        phase: peak.name,
        scheduled: sent + cutOff + dropped,
        dropped,
      },
    ],
  });

  test('the rate is that of the journeys that began: requests follow the answers', () => {
    expect(failedIn(began(590, 10))).toEqual([]);
    expect(failedIn(began(350, 10))).toEqual(['invalid: rate']);
  });

  test('dropped journeys are dropped arrivals', () => {
    expect(failedIn(began(600, 0, 400))).toEqual(['invalid: drops']);
  });
});
