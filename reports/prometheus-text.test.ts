import { expect, test } from 'vitest';
import { isCriterionProblem, parseCriterion } from '../model/judge/criterion.ts';
import { judge } from '../model/judge/judge.ts';
import { classByHand, observationByHand } from '../model/judge/observation-by-hand.ts';
import type { RunState } from './progress-text.ts';
import { prometheusText } from './prometheus-text.ts';
import type { RunMetrics } from './prometheus-text.ts';
import { readExposition } from './testing/exposition.ts';

const CLAIMS = { loop: 'open', paces: true, responseFromIntended: true, survivesResets: true } as const;
const STATE: RunState = {
  scenario: 'peak',
  at_s: 12,
  total_s: 60,
  phase: 'rush',
  rate_per_s: 1398,
  target_per_s: 1400,
  p95_us: 38_912,
  errors: 2,
  in_flight: 17,
  faults: ['crash: cache-1'],
  verdicts: [],
};

/** A metric of one series, its name without what all begin with. */
function valueOf(metrics: RunMetrics, name: string, labels: Readonly<Record<string, string>> = {}): number | undefined {
  const wanted = JSON.stringify({ scenario: metrics.state.scenario, ...labels });
  return readExposition(prometheusText(metrics)).find(
    (sample) => sample.name === `shop_plan_${name}` && JSON.stringify(sample.labels) === wanted,
  )?.value;
}

test('before anything was seen: how far it is, rates, phase, faults', () => {
  const metrics = { state: STATE };
  expect(valueOf(metrics, 'elapsed_seconds')).toBe(12);
  expect(valueOf(metrics, 'duration_seconds')).toBe(60);
  expect(valueOf(metrics, 'rate_per_second')).toBe(1398);
  expect(valueOf(metrics, 'target_rate_per_second')).toBe(1400);
  expect(valueOf(metrics, 'in_flight')).toBe(17);
  expect(valueOf(metrics, 'p95_seconds')).toBeCloseTo(0.038912, 9);
  expect(valueOf(metrics, 'phase', { phase: 'rush' })).toBe(1);
  expect(valueOf(metrics, 'fault_in_force', { fault: 'crash: cache-1' })).toBe(1);
});

test('requests by class and outcome, added up over phases', () => {
  const classes = [
    classByHand({ phase: 'warm-up', latencies: [[1000, 40]] }),
    classByHand({ phase: 'peak', latencies: [[1000, 60]], http_error: 5, dropped: 3 }),
  ];
  const metrics = { state: STATE, observation: observationByHand(classes) };
  const requests = (outcome: string): number | undefined =>
    valueOf(metrics, 'requests_total', { class: 'search', outcome });
  expect(['ok', 'http_error', 'dropped', 'timeout', 'reset'].map(requests)).toEqual([95, 5, 3, 0, 0]);
});

test('response times as a cumulative histogram that agrees with its count and its sum', () => {
  const latencies = [
    [900, 10],
    [40_000, 30],
    [2_500_000, 2],
    [90_000_000, 1],
  ] as const;
  const metrics = { state: STATE, observation: observationByHand([classByHand({ latencies })]) };
  const samples = readExposition(prometheusText(metrics)).filter(({ type }) => type === 'histogram');
  const buckets = samples
    .filter(({ name }) => name.endsWith('_bucket'))
    .map(({ labels, value }) => [labels['le'], value]);
  expect(buckets.map(([, value]) => value)).toEqual(
    buckets.map(([, value]) => value).toSorted((a, b) => Number(a) - Number(b)),
  );
  expect(Object.fromEntries(buckets)).toMatchObject({
    0.001: 10,
    0.03: 10,
    0.05: 40,
    2: 40,
    3: 42,
    60: 42,
    '+Inf': 43,
  });
  expect(valueOf(metrics, 'response_seconds_count', { class: 'search' })).toBe(43);
  const sum = valueOf(metrics, 'response_seconds_sum', { class: 'search' }) ?? 0;
  expect(Math.abs(sum / (0.009 + 1.2 + 5 + 90) - 1)).toBeLessThan(0.001);
});

test('what tiers use now', () => {
  const tiers = [
    {
      tier: 'app',
      series: [
        { at_s: 1, cpu_cores: 0.1, memory_bytes: 100, instances: 3 },
        { at_s: 2, cpu_cores: 0.7, memory_bytes: 300, instances: 2 },
      ],
    },
  ];
  const seen = observationByHand([classByHand({ latencies: [[1000, 40]] })]);
  const metrics = { state: STATE, observation: { ...seen, tiers } };
  expect(valueOf(metrics, 'tier_cpu_cores', { tier: 'app' })).toBe(0.7);
  expect(valueOf(metrics, 'tier_memory_bytes', { tier: 'app' })).toBe(300);
  expect(valueOf(metrics, 'tier_instances', { tier: 'app' })).toBe(2);
});

test('verdicts so far, one of all that are possible; and names with quotes, slashes and line ends stay names', () => {
  const criterion = parseCriterion('p95(latency) < 5 ms');
  if (isCriterionProblem(criterion)) throw new Error(criterion.message);
  const seen = observationByHand([classByHand({ latencies: [[200_000, 5000]] })]);
  const { verdicts } = judge(seen, [criterion], CLAIMS);
  const hostile = 'a "phase" \\ of\nthree lines{x="1"} 7';
  const metrics = { state: { ...STATE, phase: hostile, scenario: hostile, verdicts } };
  const verdict = (status: string): number | undefined =>
    valueOf(metrics, 'verdict_so_far', { criterion: 'p95(latency) < 5 ms', status });
  expect(['FAIL', 'PASS', 'INVALID', 'NO_DATA', 'INCONCLUSIVE'].map(verdict)).toEqual([1, 0, 0, 0, 0]);
  expect(valueOf(metrics, 'phase', { phase: hostile })).toBe(1);
});
