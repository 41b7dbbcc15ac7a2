import { describe, expect, test } from 'vitest';
import { HEALTHY } from '../judge/observation-by-hand.ts';
import type { Observation } from '../observation/observation.ts';
import type { Case } from './evidence.ts';
import { suspectsOfRuns } from './suspects-of-runs.ts';
import { suspectsOf } from './suspects.ts';
import { SETTING, judged, runByHand } from './testing/case-by-hand.ts';
import type { RunByHand } from './testing/case-by-hand.ts';

const WELL = runByHand();

/** Who is suspected, first one first. */
function suspected(observation: Observation, of: Partial<Case> = {}): string[] {
  return suspectsOf({ observation, setting: SETTING, ...of }).map(({ tier }) => tier);
}

const against = (run: RunByHand): string[] => suspected(runByHand(run), { baseline: WELL });

describe('what was broken', () => {
  const fault = { fault: 'crash', tier: 'database', targets: ['database-1'], injected_at_s: 20, effect: 'it is gone' };

  test('a fault on purpose is the cause, whatever else is seen', () => {
    const faults = [{ ...fault, observed_at_s: 20.1 }];
    expect(against({ cpu_ms: { app: 2 }, change: { faults } })[0]).toBe('database');
    expect(suspectsOf({ observation: runByHand({ change: { faults } }) })[0]).toEqual({
      tier: 'database',
      weight: 1,
      because: ['`crash` was done to it on purpose at 20 s: it is gone'],
    });
  });

  test('a fault without an effect is not', () => {
    expect(against({ change: { faults: [fault] } })).toEqual([]);
  });

  test('a process that died is, another event is not', () => {
    const event = { at_s: 12, tier: 'cache', detail: 'cache-1 is gone' };
    expect(against({ change: { events: [{ ...event, kind: 'process-died' }] } })).toEqual(['cache']);
    expect(against({ change: { events: [{ ...event, kind: 'promoted' }] } })).toEqual([]);
  });
});

describe('a cache', () => {
  const unasked = { 'cache.hits': 0, 'cache.misses': 0, 'database.queries': 1 };
  const suffering = { database: 0.4, app: 0.9, cache: 0.001 };

  test('that is not asked is the cause of what the database does then', () => {
    expect(against({ perRequest: unasked, cpu_ms: suffering })).toEqual(['cache']);
  });

  test('is found out without a baseline, where the plan has requests visit it', () => {
    const run = runByHand({ perRequest: unasked, cpu_ms: suffering });
    const judgement = judged(run, 'cpu(database) < 0.02 core', 'per_request(database.queries) < 0.5');
    expect(suspected(run, { judgement })).toEqual(['cache']);
    const edges = SETTING.edges.filter(({ to }) => to !== 'cache');
    expect(suspected(run, { judgement, setting: { ...SETTING, edges } })).toEqual(['database']);
  });

  test('that answers less than before is; one that answers as before is not', () => {
    const queries = { 'database.queries': 0.9 };
    expect(against({ perRequest: { ...queries, 'cache.hits': 0.1, 'cache.misses': 0.65 } })).toEqual(['cache']);
    expect(against({ perRequest: queries })).toEqual(['app']);
  });

  test('that fails is, unless it always did', () => {
    const perRequest = { 'cache.errors': 0.2 };
    expect(against({ perRequest })).toEqual(['cache']);
    expect(suspected(runByHand({ perRequest }), { baseline: runByHand({ perRequest }) })).toEqual([]);
    expect(against({ perRequest, cpu_ms: { app: 2.4 } })).toEqual(['app']);
  });
});

describe('the work of a request', () => {
  test('a database that takes more for the same queries is the cause: an index is gone', () => {
    const [first] = suspectsOf({ observation: runByHand({ cpu_ms: { database: 0.6 } }), baseline: WELL });
    expect(first).toMatchObject({ tier: 'database', weight: 0.75 });
    expect(first?.because).toEqual(['it took 600 µs of processor time a request (150 µs in the baseline)']);
  });

  test('one that takes more for more queries is not', () => {
    expect(against({ cpu_ms: { database: 0.4 }, perRequest: { 'database.queries': 1.1 } })).toEqual(['app']);
  });

  test('a dropped index is told from a cache that is still cold', () => {
    const cold = { 'cache.hits': 0.45, 'cache.misses': 0.3, 'database.queries': 0.55 };
    expect(against({ cpu_ms: { database: 0.6 }, perRequest: cold })).toEqual(['database']);
    expect(against({ perRequest: cold })).toEqual([]);
  });

  test('an application that takes more is the cause', () => {
    expect(against({ cpu_ms: { app: 2.4 } })).toEqual(['app']);
  });

  test('a machine on which everything takes more is no tier', () => {
    expect(against({ cpu_ms: { 'load-balancer': 0.16, app: 1.2, cache: 0.1, database: 0.3 } })).toEqual([]);
  });

  test('little is never much, however much it grew', () => {
    expect(against({ cpu_ms: { cache: 0.09 } })).toEqual([]);
  });
});

describe('capacity', () => {
  test('a tier that used all of its cores is suspected, one that used most of them is not', () => {
    expect(suspected(runByHand({ cpu_ms: { app: 9.5 } }))).toEqual(['app']);
    expect(suspected(runByHand({ cpu_ms: { app: 8 } }))).toEqual([]);
  });

  test('so is one whose capacity was in use, to the simulator', () => {
    const utilised = (utilisation: number): string[] =>
      against({ change: { tiers: [{ tier: 'database', series: [{ at_s: 30, utilisation }] }] } });
    expect(utilised(0.95)).toEqual(['database']);
    expect(utilised(0.8)).toEqual([]);
  });
});

describe('what no tier is to blame for', () => {
  test('a generator without time', () => {
    const generator = { ...HEALTHY, event_loop_utilisation: 0.97 };
    expect(against({ change: { generator } })).toEqual(['generator']);
  });

  test('others at work on the machine', () => {
    const generator = { ...HEALTHY, send_lag_us: { p50: 300, p99: 80_000, max: 90_000 } };
    expect(against({ change: { generator } })).toEqual(['machine']);
  });

  test('a machine that is full, unless a tier stands out', () => {
    const generator = { ...HEALTHY, cpu_cores: 1.9 };
    expect(against({ change: { generator } })).toEqual(['machine']);
    expect(against({ cpu_ms: { app: 4 }, change: { generator } })).toEqual(['app']);
  });
});

describe('criteria that failed', () => {
  const of = (...criteria: string[]): string[] => suspected(WELL, { judgement: judged(WELL, ...criteria) });

  test('point at the tier that they limit', () => {
    expect(of('cpu(database) < 0.01 core')).toEqual(['database']);
    expect(of('cpu(database) < 1 core', 'p95(latency) < 1 ms')).toEqual([]);
  });

  test('point at the tier that their counter is of', () => {
    expect(of('ratio(cache.hits, cache.misses) >= 90 %')).toEqual(['cache']);
    expect(of('ratio(cache.hits, cache.misses) >= 90 %', 'per_request(database.queries) < 0.3')).toEqual(['cache']);
  });

  test('about queries point at who makes them, where the cache is known to answer', () => {
    expect(of('per_request(database.queries) < 0.3', 'ratio(cache.hits, cache.misses) >= 50 %')).toEqual(['app']);
    expect(of('per_request(database.queries) < 0.3')).toEqual([]);
  });
});

test('where nothing failed, nobody is suspected', () => {
  const run = runByHand({ cpu_ms: { database: 3 } });
  expect(suspected(run, { baseline: WELL, judgement: judged(run, 'error_rate < 1 %') })).toEqual([]);
  expect(suspected(run, { baseline: WELL, judgement: judged(run, 'p95(latency) < 1 ms') })).toEqual(['database']);
});

test('of several runs each tier is named once, by what points at it most', () => {
  const of = (ms: number): Case => ({ observation: runByHand({ cpu_ms: { database: ms } }), baseline: WELL });
  const suspects = suspectsOfRuns([
    of(0.3),
    { observation: runByHand({ cpu_ms: { app: 3 } }), baseline: WELL },
    of(0.6),
  ]);
  expect(suspects.map(({ tier, weight }) => [tier, weight])).toEqual([
    ['app', 0.8],
    ['database', 0.75],
  ]);
});

test('a run without a judged phase gives no figure to go by', () => {
  const phases = WELL.phases.map((phase) => ({ ...phase, judged: false }));
  expect(suspected(runByHand({ cpu_ms: { app: 9.9 }, change: { phases } }), { baseline: WELL })).toEqual([]);
});
