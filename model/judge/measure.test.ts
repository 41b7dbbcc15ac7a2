import { describe, expect, test } from 'vitest';
import type { ObservedPhase } from '../observation/observation.ts';
import { isCriterionProblem, parseMetric } from './criterion.ts';
import { measure } from './measure.ts';
import type { Measurement } from './measurement.ts';
import { ONE_TO_1000, classByHand, observationByHand } from './observation-by-hand.ts';
import { isNoData } from './window.ts';
import type { NoData } from './window.ts';
import type { Observation } from '../observation/observation.ts';

function measured(observation: Observation, text: string, phase?: string): Measurement | NoData {
  const metric = parseMetric(text);
  if (isCriterionProblem(metric)) throw new Error(metric.message);
  return measure(observation, metric, phase);
}

function valueOf(observation: Observation, text: string, phase?: string): number {
  const found = measured(observation, text, phase);
  return isNoData(found) ? NaN : found.value;
}

const ONE_PHASE = observationByHand([classByHand({ latencies: ONE_TO_1000 })]);

describe('latency', () => {
  test.each([
    ['p50(latency)', 500],
    ['p95(latency)', 950],
    ['p95(search)', 950],
    ['p95(search, service)', 950],
    ['p99.9(latency)', 999],
    ['mean(latency)', 500.5],
    ['max(latency)', 1000],
  ])('%s of 1 to 1,000 µs is %d µs', (text, us) => {
    expect(valueOf(ONE_PHASE, text) * 1e6).toBeCloseTo(us, 1);
  });

  test('the interval of a percentile comes from the ranks of the samples', () => {
    // Sign test ranks at n = 1,000, p = 0.95: 936 and 964.
    const found = measured(ONE_PHASE, 'p95(latency)');
    expect(found).toMatchObject({
      samples: 1000,
      censored: false,
      unit: 's',
      window: { phases: ['peak'], start_s: 10, end_s: 70 },
    });
    expect(found).toHaveProperty('interval95.low', expect.closeTo(936e-6, 9));
    expect(found).toHaveProperty('interval95.high', expect.closeTo(964e-6, 9));
  });

  test('too few samples have a percentile, but no interval', () => {
    const few = observationByHand([classByHand({ latencies: [[100, 71]] })]);
    expect(measured(few, 'p95(latency)')).not.toHaveProperty('interval95');
    expect(valueOf(few, 'p95(latency)')).toBeCloseTo(100e-6, 9);
  });

  test('warm-up does not count unless it is named', () => {
    const observation = observationByHand([
      classByHand({ phase: 'warm-up', latencies: [[900_000, 1000]] }),
      classByHand({ latencies: ONE_TO_1000 }),
    ]);
    expect(valueOf(observation, 'max(latency)')).toBeCloseTo(1e-3, 6);
    expect(valueOf(observation, 'max(latency)', 'warm-up')).toBeGreaterThan(0.8);
  });
});

describe('requests that never answered', () => {
  const timeouts = observationByHand([
    classByHand({
      latencies: [
        [1000, 980],
        [5_000_000, 20],
      ],
      timeout: 20,
    }),
  ]);

  test('a percentile below the timeouts is exact', () => {
    expect(measured(timeouts, 'p95(latency)')).toMatchObject({ censored: false });
  });

  test('a percentile among the timeouts is a lower bound', () => {
    const found = measured(timeouts, 'p99(latency)');
    expect(found).toMatchObject({ censored: true, interval95: { open: true } });
    expect(valueOf(timeouts, 'p99(latency)')).toBeCloseTo(5, 1);
  });

  test.each(['mean(latency)', 'max(latency)'])('%s is a lower bound after any timeout', (text) => {
    expect(measured(timeouts, text)).toMatchObject({ censored: true });
  });

  test("a class's timeouts may lie below another's answers", () => {
    const observation = observationByHand([
      classByHand({ class: 'search', latencies: [[1_000_000, 100]], timeout: 100 }),
      classByHand({ class: 'report', latencies: [[3_000_000, 900]] }),
    ]);
    expect(measured(observation, 'p50(latency)')).toMatchObject({ censored: true });
    expect(measured(observation, 'p50(report)')).toMatchObject({ censored: false });
  });

  test('what was in flight at the end ranks above everything', () => {
    const observation = observationByHand([classByHand({ latencies: [[1000, 900]], unanswered: 100 })]);
    expect(measured(observation, 'p50(latency)')).toMatchObject({ censored: false, samples: 1000 });
    expect(measured(observation, 'p95(latency)')).toMatchObject({ censored: true, samples: 1000 });
    expect(valueOf(observation, 'error_rate')).toBeCloseTo(0.1, 9);
  });
});

describe('counts', () => {
  const errors = observationByHand([
    classByHand({ class: 'search', latencies: [[1000, 6000]], http_error: 20, reset: 10, dropped: 60 }),
    classByHand({ class: 'checkout', latencies: [[1000, 1000]], timeout: 50 }),
  ]);

  test.each([
    ['error_rate', 80 / 7000],
    ['error_rate(checkout)', 0.05],
    ['rate', 6920 / 60],
    ['rate(search)', 5970 / 60],
    ['reached', 7000 / 7060],
  ])('%s', (text, value) => {
    expect(valueOf(errors, text)).toBeCloseTo(value, 9);
  });

  test('an error rate has an interval even without errors', () => {
    expect(measured(ONE_PHASE, 'error_rate')).toMatchObject({
      value: 0,
      interval95: { low: 0, high: expect.closeTo(0.003827, 5) },
    });
  });

  test('a request without an answer is an error, except in a live closed loop', () => {
    const one = observationByHand([classByHand({ latencies: [[1000, 90]], unanswered: 10 })]);
    const { in_flight_cap: _, ...closed } = one.generator;
    expect(valueOf(one, 'error_rate')).toBeCloseTo(0.1, 9);
    expect(valueOf({ ...one, generator: closed }, 'error_rate')).toBe(0);
    const simulated = { ...one, generator: closed, what: { ...one.what, executor: 'simulator' as const } };
    expect(valueOf(simulated, 'error_rate')).toBeCloseTo(0.1, 9);
  });
});

function phase(name: string, start_s: number, counters: ObservedPhase['counters']): ObservedPhase {
  return { name, start_s, end_s: start_s + 30, judged: true, target_rate_per_s: 0, counters };
}

describe('counters', () => {
  const observation = observationByHand(
    [classByHand({ phase: 'before', latencies: [[1, 400]] }), classByHand({ phase: 'after', latencies: [[1, 600]] })],
    {
      phases: [
        phase('before', 0, { 'cache.hits': 700, 'cache.misses': 100, 'database.queries': 100, only_here: 1 }),
        phase('after', 30, { 'cache.hits': 100, 'cache.misses': 100, 'database.queries': 150 }),
      ],
    },
  );

  test.each([
    ['ratio(cache.hits, cache.misses)', undefined, 0.8],
    ['ratio(cache.hits, cache.misses)', 'after', 0.5],
    ['per_request(database.queries)', undefined, 0.25],
    ['counter(database.queries)', undefined, 250],
    ['counter(database.queries)', 'before', 100],
  ])('%s in %s', (text, name, value) => {
    expect(valueOf(observation, text, name)).toBeCloseTo(value, 9);
  });

  test.each([
    ['counter(cache.hit)', 'has no counter `cache.hit`', 'did you mean `cache.hits`?'],
    ['counter(only_here)', 'phase `after` has no counter `only_here`', undefined],
  ])('%s is no data', (text, noData, help) => {
    const found = measured(observation, text);
    expect(found).toHaveProperty('noData', expect.stringContaining(noData));
    expect(isNoData(found) ? found.help : 'data').toBe(help);
  });

  test('a counter without requests says nothing', () => {
    const idle = observationByHand([], { phases: [phase('peak', 0, { oversold: 0 })] });
    expect(measured(idle, 'counter(oversold)')).toHaveProperty('noData');
  });
});

describe('processors', () => {
  const tiers = [
    { tier: 'app', series: [5, 15, 25, 75].map((at_s) => ({ at_s, cpu_cores: at_s / 10 })) },
    { tier: 'db', series: [{ at_s: 20, utilisation: 0.5 }] },
  ];
  const observation = observationByHand([classByHand({ latencies: ONE_TO_1000 })], { tiers });

  test('the mean of the readings within the window', () => {
    expect(measured(observation, 'cpu(app)')).toMatchObject({ value: 2, samples: 2, unit: 'core' });
  });

  test.each(['cpu(db)', 'cpu(cache)'])('%s was never read', (text) => {
    expect(measured(observation, text)).toHaveProperty('noData');
  });
});

describe('memory', () => {
  const series = (bytesAt: (at_s: number) => number) =>
    Array.from({ length: 70 }, (_, at_s) => ({ at_s, memory_bytes: bytesAt(at_s), instances: 2 }));
  const at = (tier: string, bytesAt: (at_s: number) => number) =>
    observationByHand([classByHand({ latencies: ONE_TO_1000 })], { tiers: [{ tier, series: series(bytesAt) }] });

  test('of an instance, the most of the window', () => {
    const peaked = at('app', (at_s) => (at_s === 20 ? 300e6 : 200e6));
    expect(measured(peaked, 'memory(app)')).toMatchObject({ value: 150e6, unit: 'B' });
  });

  test('grows by the trend, which single readings do not make', () => {
    const growing = at('app', (at_s) => 200e6 + 4e3 * at_s + (at_s === 20 ? 1e9 : 0));
    expect(measured(growing, 'memory_growth(app)')).toMatchObject({ value: expect.closeTo(2e3, -1), unit: 'B/s' });
  });

  test.each<[string, (at_s: number) => number]>([
    ['falls', (at_s) => 300e6 - 4e3 * at_s],
    ['goes up and down', (at_s) => 300e6 + 1e6 * (at_s % 5)],
  ])('what %s does not grow', (_, bytesAt) => {
    expect(measured(at('app', bytesAt), 'memory_growth(app)')).toMatchObject({ value: 0 });
  });

  test.each(['memory(db)', 'memory_growth(db)'])('%s was never read', (text) => {
    expect(
      measured(
        at('app', () => 1),
        text,
      ),
    ).toHaveProperty('noData');
  });
});

test.each([
  ['p95(checkout)', undefined, 'no request class `checkout`'],
  ['p95(latency)', 'rush', 'no phase `rush`'],
  ['p95(latency)', 'warm-up', 'no request was answered'],
  ['error_rate', 'warm-up', 'no request was sent'],
  ['rate', 'warm-up', 'no request was sent'],
  ['reached', 'warm-up', 'nothing was scheduled'],
])('%s in %s is no data', (text, phase, reason) => {
  expect(measured(ONE_PHASE, text, phase)).toHaveProperty('noData', expect.stringContaining(reason));
});
