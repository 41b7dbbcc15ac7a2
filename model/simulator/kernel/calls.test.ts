import { expect, test } from 'vitest';
import { decode, percentile } from '../../observation/histogram.ts';
import type { Load } from '../load.ts';
import type { SimulationRun } from '../run.ts';
import type { CallPolicy, KeyedCache, System, SystemTier } from '../system.ts';
import {
  BY_HAND,
  deterministic,
  even,
  lookup,
  PLAIN_CALL,
  requestClass,
  system,
  tier,
  visit,
} from '../testing/systems.ts';
import { simulate } from './simulate.ts';

const run = (of: System, load: Load): SimulationRun => simulate(of, load, { seed: 1, warmUp_s: 0, what: BY_HAND });
const counters = ({ observation }: SimulationRun): Readonly<Record<string, number>> =>
  observation.phases[0]?.counters ?? {};
const slowest_ms = ({ observation }: SimulationRun): number =>
  Number((percentile(decode(observation.classes[0]?.response_us ?? ''), 100) / 1000).toPrecision(3));

/** An app that calls one tier in this way. */
function appAnd(called: Partial<SystemTier>, call: Partial<CallPolicy>, timeout_s = Infinity): System {
  const route = [visit(0, { nested: [visit(1)] })];
  const back = tier('back', deterministic(1), { ...called, call: { ...PLAIN_CALL, ...call } });
  return system([tier('app', deterministic(0), { servers: 100 }), back], route, {
    classes: [requestClass(route, { timeout_s })],
  });
}

test('a pool of one connection: calls wait in line for it', () => {
  const result = run(appAnd({ servers: 10 }, { pool: 1 }), even(4, 1));
  // At 0.125, 0.375, 0.625 and 0.875 s; a second each.
  expect(slowest_ms(result)).toBe(3250);
  expect(result.stations[1]?.waiting).toBe(0);
});

test('a pool that is too small is named: nothing else shows what keeps calls waiting', () => {
  const result = run(appAnd({ servers: 100 }, { pool: 5 }), even(20, 30));
  expect(result.instabilities).toMatchObject([
    {
      tier: 'back',
      because: expect.stringMatching(/calls that wait for a connection grew from 0 to 4\d\d; each caller has 5$/),
    },
  ]);
});

test('time-outs and retries: three attempts with doubled back-off, and the work of each goes on in vain', () => {
  // 0.3 + back-off 0.1 + 0.3 + back-off 0.2 + 0.3 s.
  const call = { timeout_s: 0.3, attempts: 3, backoff_s: 0.1, multiplier: 2, backoffMax_s: 1 };
  const result = run(appAnd({ servers: 10 }, call), even(1, 1));
  expect(slowest_ms(result)).toBe(1200);
  expect(result.observation.totals).toMatchObject({ http_error: 1, ok: 0 });
  expect(counters(result)).toMatchObject({ 'back.visits': 3, 'back.errors': 0, 'app.errors': 1 });
});

test('an optional call may fail', () => {
  const result = run(appAnd({}, { timeout_s: 0.3, optional: true }), even(1, 1));
  expect(result.observation.totals).toMatchObject({ ok: 1 });
  expect(slowest_ms(result)).toBe(300);
});

test('users give up at their time-out; the server works on', () => {
  const result = run(appAnd({}, {}, 0.4), even(1, 3));
  expect(result.observation.totals).toMatchObject({ timeout: 3, in_flight_at_end: 0 });
  expect(slowest_ms(result)).toBe(400);
  expect(result.stations[1]?.utilisation).toBeCloseTo(2.5 / 3, 10);
});

test('a time-out while waiting for a connection takes the call out of the line', () => {
  const result = run(appAnd({ servers: 10 }, { pool: 1, timeout_s: 0.6 }), even(4, 1));
  // The connection of an attempt that is given up is free again: the first gets it, and at its time-out the next whose time is not up.
  expect(result.observation.totals).toMatchObject({ http_error: 4 });
  expect(slowest_ms(result)).toBe(600);
});

test('a circuit breaker opens, spares the tier, and lets a probe through', () => {
  const breaker = { failureShare: 0.5, minCalls: 5, window_s: 10, open_s: 5 };
  const result = run(appAnd({ errorRate: 1, servers: 10, service: deterministic(0.01) }, { breaker }), even(10, 10));
  // Five at first; then one probe after 5 s.
  expect(result.observation.totals).toMatchObject({ http_error: 100 });
  expect(counters(result)['back.visits']).toBe(6);
});

const locked: KeyedCache = { entries: 10, ttl_s: 5, stampede: { policy: 'lock', retry_s: 0.1 } };

/** An app that looks up one key, and on a miss asks a database for 0.35 s. */
function cached(cache: KeyedCache, errorRate = 0): System {
  const route = [visit(0, { nested: [visit(1, { lookup: lookup([visit(2)]) })] })];
  const tiers = [
    tier('app', deterministic(0), { servers: 1000 }),
    tier('cache', deterministic(0), { servers: 1000, cache }),
    tier('db', deterministic(0.35), { servers: 1000, kind: 'postgres', errorRate }),
  ];
  return system(tiers, route, { keys: { name: 'only', count: 1, exponent: 0 } });
}

test('without a lock each request of a stampede is a miss, with one exactly the first is', () => {
  const load = even(100, 1);
  const none = run(cached({ ...locked, stampede: { policy: 'none' } }), load);
  // Those of the first 0.35 s.
  expect(counters(none)).toMatchObject({ 'cache.misses': 35, 'cache.hits': 65, 'db.queries': 35 });
  const lock = run(cached(locked), load);
  expect(counters(lock)).toMatchObject({ 'cache.misses': 1, 'cache.hits': 99, 'db.queries': 1 });
  expect(counters(lock)['cache.waits']).toBeGreaterThan(35);
  expect(slowest_ms(lock)).toBe(400);
});

test('a lock is let go when its holder fails', () => {
  const result = run(cached(locked, 1), even(100, 1));
  expect(counters(result)['cache.misses']).toBe(100);
  expect(result.observation.totals).toMatchObject({ http_error: 100 });
});

test('stale-while-revalidate: all are served, one refreshes', () => {
  const cache: KeyedCache = { entries: 10, ttl_s: 2, stampede: { policy: 'stale-while-revalidate', stale_s: 10 } };
  const result = run(cached(cache), even(100, 4));
  // Filled at about 0.35 s, stale at 2.35 s.
  expect(counters(result)).toMatchObject({ 'cache.misses': 35, 'cache.early_refreshes': 1, 'db.queries': 36 });
});

test('a fill costs a visit, and an unreachable cache is a miss', () => {
  const route = [visit(0, { nested: [visit(1, { lookup: lookup([visit(2)], { hitRatio: 0, fillVisit: true }) })] })];
  const of = (cache: Partial<SystemTier>): System =>
    system(
      [tier('app', deterministic(0)), tier('cache', deterministic(0.01), cache), tier('db', deterministic(0.1))],
      route,
    );
  const filled = run(of({}), even(1, 1));
  expect(counters(filled)['cache.visits']).toBe(2);
  expect(slowest_ms(filled)).toBe(120);
  const away = run(of({ errorRate: 1 }), even(1, 1));
  expect(counters(away)).toMatchObject({ 'cache.visits': 1, 'db.visits': 1 });
  expect(away.observation.totals.ok).toBe(1);
});

test('a miss that the tier sees to itself stays inside it', () => {
  const route = [visit(0, { lookup: lookup([visit(1)], { hitRatio: 0, missBy: 'tier' }) })];
  const of = system([tier('cdn', deterministic(0.01)), tier('origin', deterministic(0.1))], route);
  const result = run(of, even(1, 10));
  expect(slowest_ms(result)).toBe(110);
  expect(result.stations[0]?.residence_s).toBeCloseTo(0.11, 6);
});

test('users of a closed loop ask again after they have thought', () => {
  const load: Load = {
    process: { kind: 'poisson' },
    phases: [
      { name: 'loop', judged: true, pieces: [], duration_s: 10, closed: { users: 2, think_s: 1 }, target: null },
    ],
    faults: [],
  };
  const result = run(system([tier('a', deterministic(0.25), { servers: 2 })]), load);
  // One begins at 0 s, the other at 0.5 s; each asks every 1.25 s.
  expect(result.observation.totals).toMatchObject({ scheduled: 16, ok: 16 });
});
