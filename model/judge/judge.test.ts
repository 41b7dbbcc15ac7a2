import { describe, expect, test } from 'vitest';
import type { Observation } from '../observation/observation.ts';
import { SIMULATOR_CLAIMS } from './claims.ts';
import type { ExecutorClaims } from './claims.ts';
import { isCriterionProblem, parseCriterion } from './criterion.ts';
import { judge } from './judge.ts';
import type { Verdict } from './judge.ts';
import { HEALTHY, ONE_TO_1000, classByHand, observationByHand } from './observation-by-hand.ts';

const OPEN = SIMULATOR_CLAIMS;
const CLOSED: ExecutorClaims = { loop: 'closed', paces: false, responseFromIntended: false, survivesResets: false };

function verdict(observation: Observation, text: string, claims = OPEN): Verdict {
  const criterion = parseCriterion(text);
  if (isCriterionProblem(criterion)) throw new Error(criterion.message);
  const [only] = judge(observation, [criterion], claims).verdicts;
  if (!only) throw new Error('no verdict');
  return only;
}

const GOOD = observationByHand([classByHand({ latencies: ONE_TO_1000 })]);
const POISSON = observationByHand([classByHand({ latencies: [[1000, 419_600]] })], {});
const COUNTED = observationByHand([classByHand({ latencies: [[1000, 10_000]], http_error: 10 })], {
  phases: [
    {
      name: 'peak',
      start_s: 0,
      end_s: 60,
      judged: true,
      target_rate_per_s: 10_000 / 60,
      counters: { 'cache.hits': 8500, 'cache.misses': 1500, rejected: 0, queries: 4995 },
    },
  ],
  tiers: [{ tier: 'app', series: [{ at_s: 30, cpu_cores: 1.5 }] }],
});

describe('valid runs', () => {
  test.each<[string, Observation, string, string]>([
    ['p95(latency) < 1 ms', GOOD, 'PASS', 'p95 is 950 µs, below 1 ms'],
    ['p95(latency) < 900 us', GOOD, 'FAIL', 'p95 is 950 µs, not below 900 µs'],
    ['p95(latency) > 900 us', GOOD, 'PASS', 'p95 is 950 µs, above 900 µs'],
    [
      'p95(latency) < 955 us',
      GOOD,
      'INCONCLUSIVE',
      'on the good side of 955 µs by less than chance explains: 95 % interval [936, 964]',
    ],
    ['p95(latency) < 940 us', GOOD, 'INCONCLUSIVE', 'on the bad side of 940 µs'],
    ['p99.9(latency) < 5 ms', GOOD, 'INCONCLUSIVE', '1,000 samples are too few for an interval'],
    ['mean(latency) < 600 us', GOOD, 'PASS', 'mean is 501 µs, below 600 µs'],
    ['max(latency) <= 1 ms', GOOD, 'PASS', 'max is 1 ms, at most 1 ms'],
    ['error_rate < 0.5 %', GOOD, 'PASS', 'error_rate is 0 %, below 0.5 %'],
    ['error_rate < 0.1 %', GOOD, 'INCONCLUSIVE', '95 % interval [0, 0.383]'],
    ['error_rate <= 0', GOOD, 'PASS', 'error_rate is 0 %, at most 0 %'],
    ['error_rate <= 0', COUNTED, 'FAIL', 'error_rate is 0.1 %, not at most 0 %'],
    ['error_rate < 0.05 %', COUNTED, 'FAIL', 'error_rate is 0.1 %, not below 0.05 %'],
    ['rate >= 166 req/s', COUNTED, 'PASS', 'rate is 167 req/s, at least 166 req/s'],
    ['rate >= 200 req/s', COUNTED, 'FAIL', 'rate is 167 req/s, not at least 200 req/s'],
    ['rate >= 7,000 req/s', POISSON, 'INCONCLUSIVE', 'rate is 6,993 req/s, on the bad side of 7,000 req/s'],
    ['reached >= 99 %', COUNTED, 'PASS', 'reached is 100 %, at least 99 %'],
    ['ratio(cache.hits, cache.misses) >= 80 %', COUNTED, 'PASS', 'ratio is 85 %, at least 80 %'],
    ['ratio(cache.hits, cache.misses) >= 90 %', COUNTED, 'FAIL', 'ratio is 85 %, not at least 90 %'],
    ['per_request(queries) <= 0.5 query/req', COUNTED, 'PASS', '0.5 per req, at most 0.5 per req'],
    ['counter(rejected) <= 0', COUNTED, 'PASS', 'counter is 0, at most 0'],
    ['cpu(app) < 1 core', COUNTED, 'FAIL', 'cpu is 1.5 core, not below 1 core'],
  ])('%s', (text, observation, status, because) => {
    expect(verdict(observation, text)).toMatchObject({ status, because: expect.stringContaining(because) });
  });
});

describe('no data never passes', () => {
  const idle = observationByHand([
    classByHand({ latencies: ONE_TO_1000 }),
    classByHand({ class: 'checkout', latencies: [] }),
  ]);
  test.each([
    'p95(checkout) < 500 ms',
    'mean(checkout) < 500 ms',
    'max(checkout) < 500 ms',
    'error_rate(checkout) < 1 %',
    'rate(checkout) < 7,000 req/s',
    'reached(checkout) <= 100 %',
    'p95(no_such_class) < 500 ms',
    'p95(latency) < 500 ms in no-such-phase',
    'p95(latency) < 500 ms in warm-up',
    'counter(orders.rejected) <= 0',
    'ratio(cache.hits, cache.misses) <= 100 %',
    'per_request(database.queries) <= 1',
    'cpu(app) <= 2 core',
  ])('%s', (text) => {
    const found = verdict(idle, text);
    expect(found.status).toBe('NO_DATA');
    expect(found.because).not.toBe('');
    expect(found).not.toHaveProperty('measurement');
  });
});

test('a probe may be as busy as it likes: it has no rate to hold', () => {
  const busy = observationByHand([classByHand({ latencies: ONE_TO_1000 })], {
    generator: { ...HEALTHY, event_loop_utilisation: 0.99 },
  });
  const probed = { ...busy, phases: busy.phases.map((phase) => ({ ...phase, target_rate_per_s: 0 })) };
  expect(verdict(probed, 'p95(latency) < 1 s').status).toBe('PASS');
});

describe('an invalid run passes and fails nothing', () => {
  const saturated = observationByHand([classByHand({ latencies: ONE_TO_1000 })], {
    generator: { ...HEALTHY, event_loop_utilisation: 0.99 },
  });

  test.each(['p95(latency) < 1 s', 'p95(latency) < 1 us', 'error_rate < 50 %', 'rate >= 1 req/s', 'reached >= 1 %'])(
    '%s keeps its value as evidence',
    (text) => {
      expect(verdict(saturated, text)).toMatchObject({
        status: 'INVALID',
        because: "the generator's event loop was busy 99 % of the time, so it was saturated",
        help: expect.stringContaining('lower the rate'),
        measurement: { samples: 1000 },
      });
    },
  );

  test('also without criteria', () => {
    expect(judge(saturated, [], OPEN).outcome).toBe('INVALID');
    expect(judge(GOOD, [], OPEN).outcome).toBe('NOT_JUDGED');
  });

  test('a warning alone leaves the verdicts be', () => {
    const half = observationByHand([classByHand({ latencies: ONE_TO_1000 })], { what: { ...GOOD.what, scale: 0.5 } });
    expect(verdict(half, 'p95(latency) < 1 s').status).toBe('PASS');
  });
});

describe('what an executor cannot support is INVALID for that criterion alone', () => {
  const broken = observationByHand([classByHand({ latencies: ONE_TO_1000, reset: 1 })]);
  const half = observationByHand([classByHand({ latencies: ONE_TO_1000 })], { what: { ...GOOD.what, scale: 0.5 } });

  test.each<[string, Observation, string, string]>([
    ['p95(latency) < 1 s', GOOD, 'INVALID', 'from their send, not from the intended arrival'],
    ['mean(latency) < 1 s', GOOD, 'INVALID', 'from their send'],
    ['p95(latency, service) < 1 s', GOOD, 'PASS', 'below 1 s'],
    ['p95(latency, service) < 1 s', broken, 'INVALID', '1 request was reset or timed out'],
    ['error_rate < 50 %', broken, 'PASS', 'below 50 %'],
    ['rate >= 10 req/s', GOOD, 'PASS', 'at least 10 req/s'],
    ['reached >= 99 %', GOOD, 'INVALID', 'holds no rate'],
  ])('closed loop: %s', (text, observation, status, because) => {
    expect(verdict(observation, text, CLOSED)).toMatchObject({ status, because: expect.stringContaining(because) });
  });

  test('open loop: a rate at half scale', () => {
    expect(verdict(half, 'rate >= 1 req/s')).toMatchObject({ status: 'INVALID', help: 'run the scenario at scale 1' });
  });
});

describe('a lower bound can fail `<`, never pass it', () => {
  // Every twentieth request times out at 300 ms, so that p99 is somewhere above 300 ms.
  const observation = observationByHand([
    classByHand({
      latencies: [
        [1000, 9500],
        [300_000, 500],
      ],
      timeout: 500,
    }),
  ]);

  test.each([
    ['p99(latency) < 200 ms', 'FAIL'],
    ['p99(latency) < 500 ms', 'INCONCLUSIVE'],
    ['p99(latency) > 200 ms', 'PASS'],
    ['p99(latency) > 500 ms', 'INCONCLUSIVE'],
    ['max(latency) < 500 ms', 'INCONCLUSIVE'],
    ['max(latency) < 200 ms', 'FAIL'],
    ['mean(latency) < 500 ms', 'INCONCLUSIVE'],
    ['mean(latency) < 5 ms', 'FAIL'],
    ['p50(latency) < 500 ms', 'PASS'],
  ])('%s', (text, status) => {
    expect(verdict(observation, text).status).toBe(status);
  });

  test.each([
    ['p50(latency) < 100 ms', 'PASS'],
    ['p95(latency) < 100 ms', 'INCONCLUSIVE'],
    ['p95(latency) < 0.5 ms', 'FAIL'],
  ])('errors that come back at once are no fast answers: %s', (text, status) => {
    const failing = classByHand({
      latencies: [
        [600, 2000],
        [20_000, 8000],
      ],
      http_error: 1500,
      reset: 500,
    });
    expect(verdict(observationByHand([failing]), text).status).toBe(status);
  });

  test('more samples are no remedy', () => {
    expect(verdict(observation, 'p99(latency) < 500 ms')).not.toHaveProperty('samplesNeeded');
    expect(verdict(observation, 'p99(latency) < 500 ms').help).toContain('timeouts be longer');
  });
});
