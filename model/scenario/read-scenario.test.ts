import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../document/diagnostic.ts';
import { readPlan } from '../plan/read-plan.ts';
import { meanRate_per_s, peakRate_per_s } from '../workload/cumulative-rate.ts';
import { readScenario } from './read-scenario.ts';
import type { Scenario } from './scenario.ts';

const PLAN = readPlan(
  'plan.yaml',
  `
plan: mine
assume: { traffic.peak: 700 req/s }
patterns: { daily: { period: 1 day, shares: [{ from: 8 h, to: 20 h, share: 100 % }] } }
spikes: { sale: { factor: 2..5, duration: 2 h } }
architecture:
  - step: 1
    name: start
    tiers:
      app: { kind: express, instances: 2, demand: traffic.peak, capacity: 1_000 req/s/server, calls: [db, cache] }
      db: { kind: postgres, instances: 1, demand: traffic.peak, capacity: 1_000 req/s/server }
      cache: { kind: redis, instances: 1, demand: traffic.peak, capacity: 1_000 req/s/server }
`,
);
const ENGINES = new Map([
  ['open-loop', true],
  ['autocannon', false],
]);
const FILES = new Map([['friday.csv', 'rate\n100\n300\n']]);

function read(text: string): Scenario {
  try {
    return readScenario('s.yaml', text, PLAN, ENGINES, { readTrace: (file) => FILES.get(file) });
  } catch (error) {
    if (error instanceof InvalidInput)
      throw new Error(error.diagnostics.map(({ message }) => message).join('\n'), { cause: error });
    throw error;
  }
}
const phase = (rest: string): Scenario['phases'][number] | undefined =>
  read(`{ scenario: s, phases: [{ name: p, duration: 100 s, ${rest} }] }`).phases[0];
const flat = (rest: string): number[][] | undefined =>
  phase(rest)?.pieces.map((piece) => [piece.duration_s, piece.rate_per_s, piece.rate_end_per_s]);
const faults = (items: string): Scenario['faults'] =>
  read(
    `{ scenario: s, phases: [{ name: calm, duration: 30 s, rate: 1 req/s }, { name: peak, duration: 60 s, rate: 2 req/s }], faults: [${items}] }`,
  ).faults;

describe('a phase', () => {
  it.each([
    ['a rate', 'rate: traffic.peak', [[100, 700, 700]]],
    ['a ramp', 'rate: 10 req/s, to: 20 req/s', [[100, 10, 20]]],
    [
      'a spike',
      'rate: 10 req/s, spike: 5x',
      [
        [10, 10, 50],
        [80, 50, 50],
        [10, 50, 10],
      ],
    ],
    [
      'a spike of the plan, at the middle of its range',
      'rate: 10 req/s, spike: sale, rise: 0 s, fall: 40 s',
      [
        [60, 35, 35],
        [40, 35, 10],
      ],
    ],
    [
      'a pattern',
      'rate: 10 req/s, pattern: daily, from: 2 h, until: 12 h',
      [
        [60, 0, 0],
        [40, 20, 20],
      ],
    ],
    [
      'a trace',
      'trace: [0 req/s, 20 req/s, traffic.peak]',
      [
        [50, 0, 20],
        [50, 20, 700],
      ],
    ],
    ['a trace from a file', 'trace: { file: friday.csv }', [[100, 100, 300]]],
  ])('can be %s', (_, rest, pieces) => expect(flat(rest)).toEqual(pieces));

  it('of a pattern has its mean as rate, or its highest part', () => {
    const byMean = phase('rate: 10 req/s, pattern: daily');
    const byPeak = phase('peak: 10 req/s, pattern: [daily]');
    expect(byMean && meanRate_per_s(byMean)).toBeCloseTo(10, 9);
    expect(byPeak && peakRate_per_s(byPeak)).toBeCloseTo(10, 9);
    expect(byPeak && meanRate_per_s(byPeak)).toBeCloseTo(5, 9);
  });

  it('lasts up to 31 days', () => {
    const [month] = read('{ scenario: s, phases: [{ name: p, duration: 31 days, rate: 1 req/s }] }').phases;
    expect(month?.duration_s).toBe(31 * 86_400);
  });

  it('of a closed loop has users in place of rates', () => {
    const text = `{ scenario: s, engine: autocannon, connections: 64, phases: [
      { name: all, duration: 9 s }, { name: some, duration: 9 s, users: 1_500, think: 2 s }] }`;
    expect(read(text).phases).toMatchObject([
      { pieces: [], closed: { users: 64, think_s: 0 } },
      { pieces: [], closed: { users: 1500, think_s: 2 } },
    ]);
  });
});

describe('arrivals', () => {
  const process = (rest: string): Scenario['process'] =>
    read(`{ scenario: s, ${rest} phases: [{ name: p, duration: 100 s, rate: 1 req/s }] }`).process;

  it.each([
    ['', { kind: 'poisson' }],
    ['arrivals: uniform,', { kind: 'uniform' }],
    ['arrivals: { bursty: 5x, on: 1 s, off: 9 s },', { kind: 'bursty', factor: 5, on_s: 1, off_s: 9 }],
  ])('%s', (rest, expected) => expect(process(rest)).toEqual(expected));

  it('are no bursts when these are too short for the scenario', () => {
    const text = `{ scenario: s, arrivals: { bursty: 2x, on: 1 ms, off: 1 ms },
      phases: [{ name: p, duration: 1 h, rate: 1 req/s }] }`;
    expect(() => read(text)).toThrow('these are more than 1,000,000 bursts');
  });
});

describe('a fault', () => {
  const base = { instances: 1, at_s: 10, until_s: Infinity, factor: 1, from: null };

  it.each([
    ['fault: crash, tier: app', { kind: 'crash', tier: 'app' }],
    ['fault: hang, tier: app, instances: all, for: 20 s', { kind: 'hang', instances: 'all', until_s: 30 }],
    ['fault: slow, tier: app, instances: 2, factor: 10x', { kind: 'slow', instances: 2, factor: 10 }],
    ['fault: errors, tier: app, share: 50 %', { kind: 'errors', factor: 0.5 }],
    ['fault: partition, tier: db, from: app', { kind: 'partition', tier: 'db', from: 'app' }],
    ['fault: latency, tier: db, by: 200 ms', { kind: 'latency', tier: 'db', factor: 0.2 }],
    ['fault: flush, tier: cache', { kind: 'flush', tier: 'cache', until_s: 10 }],
  ])('%s', (rest, expected) => {
    expect(faults(`{ ${rest}, at: 10 s }`)).toEqual([{ ...base, tier: 'app', ...expected }]);
  });

  it.each([
    ['in: peak', 30],
    ['in: peak, at: 5 s', 35],
    ['at: 0 s', 0],
  ])('begins where it says: %s', (when, at_s) => {
    expect(faults(`{ fault: crash, tier: app, ${when} }`)[0]?.at_s).toBe(at_s);
  });
});

describe('settings of tiers', () => {
  const settings = (text: string): unknown =>
    Object.fromEntries(
      read(`{ scenario: s, phases: [{ name: p, duration: 1 s, rate: 1 req/s }], settings: ${text} }`).settings,
    );

  it('are words, numbers, with or without groups, and yes or no', () =>
    expect(settings('{ app: { a: lock, b: 20_000, c: "1,000", d: true, instances: 3 } }')).toEqual({
      app: { a: 'lock', b: 20_000, c: 1_000, d: true, instances: 3 },
    }));
  it('are of tiers that there are', () => expect(() => settings('{ ap: { a: 1 } }')).toThrow('no tier is called `ap`'));
});
