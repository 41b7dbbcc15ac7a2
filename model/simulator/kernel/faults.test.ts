import { expect, test } from 'vitest';
import { decode, percentile } from '../../observation/histogram.ts';
import type { Load, SystemFault } from '../load.ts';
import type { SimulationRun } from '../run.ts';
import type { System, SystemTier } from '../system.ts';
import { BY_HAND, deterministic, even, PLAIN_CALL, station, system, tier, visit } from '../testing/systems.ts';
import { simulate } from './simulate.ts';

const run = (of: System, load: Load): SimulationRun => simulate(of, load, { seed: 1, warmUp_s: 0, what: BY_HAND });
const counters = ({ observation }: SimulationRun): Readonly<Record<string, number>> =>
  observation.phases[0]?.counters ?? {};
const slowest_ms = ({ observation }: SimulationRun): number =>
  Number((percentile(decode(observation.classes[0]?.response_us ?? ''), 100) / 1000).toPrecision(3));
const fault = (
  kind: SystemFault['kind'],
  at_s: number,
  until_s: number,
  but: Partial<SystemFault> = {},
): SystemFault => ({
  kind,
  tier: 0,
  instances: [0],
  at_s,
  until_s,
  factor: 1,
  from: null,
  ...but,
});
const events = ({ observation }: SimulationRun): (readonly [number, string])[] =>
  observation.events.map(({ at_s, kind }) => [at_s, kind] as const);

test('a crash resets the users inside and those who come, until it is repaired', () => {
  const result = run(station(deterministic(0.05)), even(10, 10, { faults: [fault('crash', 2.06, 5)] }));
  // One was inside at 2.06 s; then those of 2.15 to 4.95 s.
  expect(result.observation.totals).toMatchObject({ reset: 30, ok: 70 });
  expect(events(result)).toEqual([
    [2.06, 'crash'],
    [5, 'repaired'],
  ]);
});

test('load balancers take a crashed instance out at once', () => {
  const result = run(
    station(deterministic(0.01), { instances: 2 }),
    even(10, 10, { faults: [fault('crash', 2, Infinity)] }),
  );
  expect(result.observation.totals).toMatchObject({ ok: 100 });
  expect(result.observation.tiers[0]?.series.at(-1)?.instances).toBe(1);
});

const watched: Partial<SystemTier> = {
  failover: { detection: deterministic(1), promotion: deterministic(2), standbys: 1 },
};

test('failover: detected, promoted, and a stand-by fewer until the repair', () => {
  const faults = [fault('crash', 2, 8), fault('crash', 6, 9), fault('crash', 12, 20)];
  const result = run(station(deterministic(0.001), watched), even(10, 20, { faults }));
  expect(events(result)).toEqual([
    [2, 'crash'],
    [3, 'detected'],
    [5, 'promoted'],
    [6, 'crash'],
    [7, 'detected'],
    [9, 'not promoted'],
    [9, 'repaired'],
    [12, 'crash'],
    [13, 'detected'],
    [15, 'not promoted'],
    [20, 'repaired'],
  ]);
  expect(result.observation.totals.reset).toBe(30 + 30 + 80);
});

test('a replica that is promoted is one fewer, and writes that it did not have yet are lost', () => {
  const replica = tier('replica', deterministic(0.001), {
    instances: 2,
    replication: { primary: 0, lag: deterministic(0.5), readYourWrites: { strategy: 'none' }, synchronous: 0 },
  });
  const primary = tier('primary', deterministic(0.001), {
    failover: { detection: deterministic(1), promotion: deterministic(1), standbys: null },
  });
  const of = (synchronous: number): System =>
    system(
      [primary, { ...replica, replication: replica.replication && { ...replica.replication, synchronous } }],
      [visit(0, { operation: 'write' }), visit(1)],
      { keys: { name: 'only', count: 1, exponent: 0 } },
    );
  const load = even(10, 10, { faults: [fault('crash', 4, 9)] });
  const result = run(of(0), load);
  expect(counters(result)['primary.writes_lost']).toBe(5);
  expect(counters(result)['replica.stale_reads']).toBe(counters(result)['replica.reads']);
  expect(result.observation.tiers[1]?.series.map((sample) => sample.instances)).toEqual([2, 2, 2, 2, 2, 1, 1, 1, 2, 2]);
  const safe = run(of(1), load);
  expect(counters(safe)['primary.writes_lost']).toBe(0);
  expect(slowest_ms(safe)).toBe(502);
});

test('reads of what was just written go to the primary where that is the strategy', () => {
  const replica = tier('replica', deterministic(0), {
    replication: {
      primary: 0,
      lag: deterministic(0.5),
      readYourWrites: { strategy: 'primary-within-window', window_s: 1 },
      synchronous: 0,
    },
  });
  const of = system([tier('primary', deterministic(0)), replica], [visit(0, { operation: 'write' }), visit(1)], {
    keys: { name: 'only', count: 1, exponent: 0 },
  });
  const result = run(of, even(10, 10));
  expect(counters(result)).toMatchObject({ 'primary.visits': 200, 'replica.reads': 0, 'replica.stale_reads': 0 });
});

test('what hangs stands still, work in progress included', () => {
  const result = run(station(deterministic(1)), even(1, 1, { faults: [fault('hang', 1, 4)] }));
  // Begun at 0.5 s, half done when all stops for 3 s.
  expect(slowest_ms(result)).toBe(4000);
});

test.each(['fifo', 'processor-sharing'] as const)(
  'what is slow takes longer, work in progress included (%s)',
  (discipline) => {
    const of = station(deterministic(1), { discipline });
    const result = run(of, even(1, 1, { faults: [fault('slow', 1, 100, { factor: 3 })] }));
    expect(slowest_ms(result)).toBe(2000);
  },
);

test('errors, latency and flush do what they say', () => {
  const errors = run(station(deterministic(0)), even(10, 10, { faults: [fault('errors', 5, 10, { factor: 1 })] }));
  expect(errors.observation.totals).toMatchObject({ http_error: 50, ok: 50 });
  const latency = run(station(deterministic(0)), even(10, 10, { faults: [fault('latency', 5, 10, { factor: 0.2 })] }));
  expect(slowest_ms(latency)).toBe(400);
});

test('a partition: calls get no answer, and their callers wait for their time-out', () => {
  const route = [visit(0, { nested: [visit(1)] })];
  const of = system(
    [tier('app', deterministic(0)), tier('db', deterministic(0), { call: { ...PLAIN_CALL, timeout_s: 0.3 } })],
    route,
  );
  const faults = [fault('partition', 5, 8, { tier: 1, from: 0 })];
  const result = run(of, even(10, 10, { faults }));
  expect(result.observation.totals).toMatchObject({ http_error: 30, ok: 70 });
  expect(slowest_ms(result)).toBe(300);
});

test('a message is tried again after each delay, then it is dead', () => {
  const worker = tier('worker', deterministic(0), { errorRate: 1, redelivery_s: [5, 25, 125] });
  const of = system([tier('app', deterministic(0)), worker], [visit(0, { publish: [0] })], {
    message: { name: 'email', route: [visit(1)] },
  });
  const result = run(of, even(1, 200));
  const {
    'email.published': published,
    'email.dead': dead = 0,
    'email.redelivered': redelivered = 0,
  } = counters(result);
  expect(published).toBe(200);
  // 155 s after its publication; the drain is 60 s longer than the schedule.
  expect(dead).toBe(105);
  expect(redelivered).toBe(3 * 105 + 2 * 95);
});

test('a message in work when its worker crashes is delivered again, and its age tells', () => {
  const worker = tier('worker', deterministic(2), { instances: 1 });
  const of = system([tier('app', deterministic(0)), worker], [visit(0, { publish: [0] })], {
    message: { name: 'email', route: [visit(1)] },
  });
  const result = run(of, even(1, 1, { faults: [fault('crash', 1, 3, { tier: 1 })] }));
  expect(counters(result)).toMatchObject({ 'email.delivered': 1, 'email.redelivered': 1, 'email.age_s': 4.5 });
});

test('autoscaling: out after it was busy for long enough and has booted, in after it was not', () => {
  const autoscale = { min: 1, max: 3, outAbove: 0.7, outAfter_s: 3, inBelow: 0.2, inAfter_s: 4, boot_s: 2 };
  const of = station(deterministic(0.09), { autoscale });
  const load: Load = {
    process: { kind: 'uniform' },
    phases: [
      {
        name: 'busy',
        judged: true,
        pieces: [{ duration_s: 10, rate_per_s: 10, rate_end_per_s: 10 }],
        duration_s: 10,
        closed: null,
        target: null,
      },
      {
        name: 'quiet',
        judged: true,
        pieces: [{ duration_s: 10, rate_per_s: 1, rate_end_per_s: 1 }],
        duration_s: 10,
        closed: null,
        target: null,
      },
    ],
    faults: [],
  };
  expect(events(run(of, load))).toEqual([
    [6, 'scale-out'],
    [15, 'scale-in'],
  ]);
});

test('a phase with a target goes straight to the first instance of that tier', () => {
  const load = even(10, 10);
  const [only] = load.phases;
  const of = system(
    [tier('app', deterministic(0)), tier('db', deterministic(0), { instances: 3 })],
    [visit(0, { nested: [visit(1)] })],
  );
  const result = run(of, { ...load, phases: only === undefined ? [] : [{ ...only, target: 1 }] });
  expect(counters(result)).toMatchObject({ 'app.visits': 0, 'db.visits': 100 });
});
