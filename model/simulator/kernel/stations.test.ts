import { expect, test } from 'vitest';
import { decode, percentile } from '../../observation/histogram.ts';
import type { Load } from '../load.ts';
import type { SimulationRun } from '../run.ts';
import type { System } from '../system.ts';
import {
  BY_HAND,
  deterministic,
  even,
  exponential,
  phase,
  poisson,
  requestClass,
  station,
  system,
  tier,
  visit,
} from '../testing/systems.ts';
import { simulate } from './simulate.ts';

const run = (of: System, load: Load, seed = 1): SimulationRun =>
  simulate(of, load, { seed, warmUp_s: 0, what: BY_HAND });

/** Response times in ms at these percentiles, to the three digits that a histogram holds. */
function response_ms({ observation }: SimulationRun, percents: readonly number[], cls = 0): number[] {
  const histogram = decode(observation.classes[cls]?.response_us ?? '');
  return percents.map((percent) => Number((percentile(histogram, percent) / 1000).toPrecision(3)));
}

test('D/D/1 below its capacity: nobody waits', () => {
  const result = run(station(deterministic(0.05)), even(10, 10));
  expect(result.observation.totals).toMatchObject({ scheduled: 100, ok: 100, in_flight_at_end: 0 });
  expect(response_ms(result, [1, 100])).toEqual([50, 50]);
  expect(result.stations[0]?.utilisation).toBeCloseTo(0.5, 10);
  expect(result.stations[0]?.waiting).toBe(0);
  expect(result.stations[0]?.inside).toBeCloseTo(0.5, 10);
});

test('D/D/1 at twice its capacity: the queue grows by half of what comes, and says so', () => {
  const { stations, instabilities } = run(station(deterministic(0.2)), even(10, 100));
  expect(stations[0]?.utilisation).toBeCloseTo(1, 2);
  expect(instabilities).toMatchObject([{ tier: 'station', phase: 'steady', waitingAtStart: 0, waitingAtEnd: 500 }]);
  expect(instabilities[0]?.offeredUtilisation).toBeCloseTo(2, 10);
  expect(instabilities[0]?.because).toBe('10 visits/s arrive, 1 × 5 visits/s is what it can do');
});

test('shared processors: two jobs at once take twice as long, two on two cores do not', () => {
  // Users at 0.25 s and 0.75 s, of 1 s of work each: alone until 0.75, then half speed until 1.75, then alone until 2.25.
  const two = (servers: number): number[] =>
    response_ms(run(station(deterministic(1), { discipline: 'processor-sharing', servers }), even(2, 1)), [50, 100]);
  expect(two(1)).toEqual([1500, 1500]);
  expect(two(2)).toEqual([1000, 1000]);
});

test('servers, instances and a limited queue: what finds no place is refused', () => {
  const users = (count: number): Load => ({
    process: { kind: 'uniform' },
    phases: [phase(0, 1, { pieces: [], closed: { users: count, think_s: 0 } })],
    faults: [],
  });
  const of = station(deterministic(10), { servers: 2, instances: 2, queueLimit: 1, network: deterministic(1) });
  const { observation } = run(of, users(7));
  // Six find a place; the seventh is told so, over the network and back.
  expect(observation.phases[0]?.counters).toMatchObject({ 'station.visits': 7, 'station.refused': 1 });
  expect(observation.totals).toMatchObject({ sent: 7, ok: 6, http_error: 1 });
});

test('concurrency bounds what is inside, waiting for other tiers included', () => {
  const route = [visit(0, { nested: [visit(1)] })];
  const of = (concurrency: number): System =>
    system([tier('front', deterministic(0), { concurrency }), tier('back', deterministic(1), { servers: 4 })], route);
  expect(response_ms(run(of(1), even(4, 1)), [25, 50, 75, 100])).toEqual([1000, 1750, 2500, 3250]);
  expect(response_ms(run(of(4), even(4, 1)), [25, 100])).toEqual([1000, 1000]);
});

test('a server is kept during nested calls by a tier that holds it, and only there', () => {
  const route = [visit(0, { nested: [visit(1)] })];
  const of = (holdsServer: boolean): System =>
    system(
      [tier('front', deterministic(0.1), { holdsServer }), tier('back', deterministic(0.9), { servers: 4 })],
      route,
    );
  expect(run(of(true), even(2, 1)).stations[0]?.utilisation).toBeCloseTo(0.75, 10);
  expect(response_ms(run(of(true), even(2, 1)), [50, 100])).toEqual([1000, 1500]);
  expect(response_ms(run(of(false), even(2, 1)), [50, 100])).toEqual([1000, 1000]);
});

test('the network takes its time there and back, and a visit happens as often as it says', () => {
  const of = system([tier('a', deterministic(0.1), { network: deterministic(0.01) })], [visit(0, { times: 3 })]);
  expect(response_ms(run(of, even(1, 1)), [100])).toEqual([360]);
  const half = system([tier('a', deterministic(0.001))], [visit(0, { times: 2.5 })]);
  const visits = run(half, even(1000, 10)).observation.phases[0]?.counters['a.visits'] ?? 0;
  expect(Math.abs(visits / 10_000 - 2.5)).toBeLessThan(0.02);
});

test('a rate limit lets through what it says: the burst, then the rate', () => {
  const of = station(deterministic(0), { rateLimit: { rate_per_s: 10, burst: 20 } });
  const { observation } = run(of, even(100, 10));
  // The first comes after 5 ms and the last after 9.995 s: 20 + 9.99 × 10 tokens.
  expect(observation.phases[0]?.counters['station.refused']).toBe(1000 - 119);
});

test('shedding keeps the classes that are to be kept', () => {
  const classes = [
    requestClass([visit(0)], { name: 'kept', share: 0.5 }),
    requestClass([visit(0)], { name: 'shed', share: 0.5 }),
  ];
  const of = station(deterministic(0.2), { shedding: { waiting: 3, keep: [0] } });
  const { observation } = run({ ...of, classes }, even(8, 100));
  const [kept, shed] = observation.classes;
  expect(kept?.http_error).toBe(0);
  expect(shed?.http_error).toBeGreaterThan(200);
});

test('shards take the keys that are theirs: all requests for one key go to one instance', () => {
  const one = system(
    [tier('db', deterministic(0.1), { instances: 4, sharding: { by: 'modulo', shards: 4 } })],
    [visit(0)],
    {
      keys: { name: 'only', count: 1, exponent: 0 },
    },
  );
  expect(run(one, even(20, 10)).stations[0]?.utilisation).toBeCloseTo(0.25, 2);
  const many = { ...one, keySpaces: [{ name: 'many', count: 100_000, exponent: 0 }] };
  expect(run(many, even(20, 10)).stations[0]?.utilisation).toBeGreaterThan(0.45);
});

test.each(['round-robin', 'least-connections', 'random', 'random-of-two', 'hash'] as const)(
  '%s uses all instances',
  (balance) => {
    const { stations } = run(station(exponential(0.1), { instances: 4, balance }), poisson(20, 200));
    expect(stations[0]?.utilisation).toBeCloseTo(0.5, 1);
    expect(Math.abs(stations[0]?.littleError ?? 1)).toBeLessThan(0.01);
  },
);

test('the same seed gives the same bytes, another one does not', () => {
  const of = station(exponential(0.1));
  const bytes = (seed: number): string => JSON.stringify(run(of, poisson(8, 60), seed));
  expect(bytes(7)).toBe(bytes(7));
  expect(bytes(8)).not.toBe(bytes(7));
});

test('a change in one place leaves all other random sources alone', () => {
  const scheduled = (service_s: number): readonly number[] =>
    run(station(exponential(service_s)), poisson(8, 60)).observation.intervals.map((interval) => interval.scheduled);
  expect(scheduled(0.01)).toEqual(scheduled(0.2));
});

test('a warm-up becomes a phase of its own', () => {
  const { observation } = simulate(station(deterministic(0.01)), even(10, 10), { seed: 1, warmUp_s: 4, what: BY_HAND });
  expect(observation.phases).toMatchObject([
    {
      name: 'steady:warm-up',
      judged: false,
      start_s: 0,
      end_s: 4,
      target_rate_per_s: 10,
      counters: { 'station.visits': 40 },
    },
    { name: 'steady', judged: true, start_s: 4, end_s: 10, counters: { 'station.visits': 60 } },
  ]);
});

test('can be stopped early; what was seen until then is kept', () => {
  const of = station(deterministic(0.01));
  const { observation } = simulate(of, even(10, 100), {
    seed: 1,
    warmUp_s: 0,
    what: BY_HAND,
    onProgress: ({ now_s }) => now_s >= 5,
  });
  expect(observation).toMatchObject({ complete: false, totals: { ok: 50 } });
});

test('what cannot be is refused', () => {
  expect(() => run(system([tier('a', deterministic(1))], [visit(3)]), even(1, 1))).toThrow('tier 3');
});
