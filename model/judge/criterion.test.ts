import { describe, expect, test } from 'vitest';
import { UnitTable } from '../units/unit.ts';
import { isCriterionProblem, metricClasses, parseCriterion, parseMetric } from './criterion.ts';
import { metricText } from './metric.ts';

const RESPONSE = { time: 'response' } as const;

describe('parseCriterion', () => {
  test.each([
    ['p95(latency) < 500 ms', { kind: 'percentile', percent: 95, ...RESPONSE }, '<', 0.5, 'ms'],
    ['p95(search)<300 ms', { kind: 'percentile', percent: 95, ...RESPONSE, class: 'search' }, '<', 0.3, 'ms'],
    ['p95(search, service) < 1 s', { kind: 'percentile', percent: 95, time: 'service', class: 'search' }, '<', 1, 's'],
    ['mean(latency) < 30 ms', { kind: 'mean', ...RESPONSE }, '<', 0.03, 'ms'],
    ['max(latency) <= 5 s', { kind: 'max', ...RESPONSE }, '<=', 5, 's'],
    ['error_rate < 0.1 %', { kind: 'error_rate' }, '<', 0.001, '%'],
    ['error_rate(checkout) < 1 %', { kind: 'error_rate', class: 'checkout' }, '<', 0.01, '%'],
    ['rate >= 7,000 req/s', { kind: 'rate' }, '>=', 7000, 'req/s'],
    ['rate(search) > 6,000 req/min', { kind: 'rate', class: 'search' }, '>', 100, 'req/min'],
    ['reached >= 99 %', { kind: 'reached' }, '>=', 0.99, '%'],
    [
      'ratio(cache.hits, cache.misses) >= 80 %',
      { kind: 'ratio', part: 'cache.hits', rest: 'cache.misses' },
      '>=',
      0.8,
      '%',
    ],
    [
      'per_request(database.queries) <= 0.5 query/req',
      { kind: 'per_request', counter: 'database.queries' },
      '<=',
      0.5,
      'query/req',
    ],
    ['counter(orders.rejected) <= 0', { kind: 'counter', counter: 'orders.rejected' }, '<=', 0, ''],
    ['cpu(app) <= 2 core', { kind: 'cpu', tier: 'app' }, '<=', 2, 'core'],
    ['utilisation(app) < 70 %', { kind: 'utilisation', tier: 'app' }, '<', 0.7, '%'],
    ['recovery <= 30 s', { kind: 'recovery' }, '<=', 30, 's'],
    ['recovery(writes) < 1 min', { kind: 'recovery', of: 'writes' }, '<', 60, 'min'],
    ['lost(writes) <= 0', { kind: 'lost', of: 'writes' }, '<=', 0, ''],
    ['cost < $730/month', { kind: 'cost' }, '<', 730 / 2_628_000, 'USD/month'],
    ['cpu(app) <= 1.5', { kind: 'cpu', tier: 'app' }, '<=', 1.5, ''],
  ])('%s', (text, metric, operator, threshold, unit) => {
    expect(parseCriterion(text)).toEqual({ text, metric, operator, threshold: expect.closeTo(threshold, 12), unit });
  });

  test('a phase', () => {
    const criterion = parseCriterion('  p99.9(checkout) < 2 s in flash-sale ');
    expect(criterion).toMatchObject({
      text: 'p99.9(checkout) < 2 s in flash-sale',
      metric: { percent: 99.9, class: 'checkout' },
      threshold: 2,
      phase: 'flash-sale',
    });
  });

  test("a plan's own noun", () => {
    const units = UnitTable.standard.add('parcel');
    expect(parseCriterion('counter(parcels.lost) <= 3 parcels', units)).toMatchObject({ threshold: 3, unit: 'parcel' });
  });

  // text, the part that is underlined, message, help
  test.each([
    ['p95(latency) 500 ms', 'p95(latency) 500 ms', 'compares nothing', 'p95(latency) < 500 ms'],
    ['p95(latency) = 500 ms', '=', 'not a comparison', 'write <= or >='],
    ['p95(latency) ≤ 500 ms', '≤', 'not a comparison', 'write <='],
    ['p95(latency) < 500', '500', 'is a time, but the value has no unit', 'write `500 ms`'],
    ['p95(latency) < 500 req/s', '500 req/s', 'is a time, but the value has `req/s`', '500 ms'],
    ['p95(latency) < 500 mss', 'mss', '`mss` is not a unit', '500 ms'],
    ['p95(latency) < fast', 'fast', 'is not a number', '250 ms'],
    ['p95(latency) <', '<', 'the value is missing', '500 ms'],
    ['p95(latency) < 500 ms in', 'in', 'wants one phase', 'in peak'],
    ['p95(latency) < 500 ms in peak hour', 'in peak hour', 'wants one phase', 'in peak'],
    ['p95 < 500 ms', 'p95', 'takes a request class, or `latency`', 'write `p95(latency)`'],
    ['p95(a, b) < 500 ms', 'b', '`b` is not a kind of latency', 'service'],
    ['p100(latency) < 500 ms', 'p100', 'between 0 and 100', 'max'],
    ['p0(latency) < 500 ms', 'p0', 'between 0 and 100', 'p99.9'],
    ['eror_rate < 1 %', 'eror_rate', 'unknown metric `eror_rate`', 'did you mean `error_rate(checkout)`?'],
    ['throughput > 5 req/s', 'throughput', 'unknown metric', 'metrics: '],
    ['error_rate(latency) < 1 %', 'latency', 'not a request class', 'write `error_rate`'],
    ['error_rate < 1', '1', 'could mean 1 % or 100 %', 'write `1 %`'],
    ['error_rate < 120 %', '120 %', 'between 0 % and 100 %', '0.01'],
    ['error_rate < 5 ms', '5 ms', 'is a share, but the value has `ms`', '0.1 %'],
    ['rate >= 7,000', '7,000', 'is a rate, but the value has no unit', 'write `7000 req/s`'],
    ['ratio(cache.hits) >= 80 %', 'ratio', 'takes two counters, found `cache.hits`', 'ratio(cache.hits, cache.misses)'],
    ['counter() <= 0', '(', 'empty argument', 'counter(orders.rejected)'],
    ['counter(a b) <= 0', 'a b', '`a b` is not a name', 'counter('],
    ['cpu <= 2 core', 'cpu', 'takes one tier, found none', 'cpu(app)'],
    ['cpu(app) <= 2 s', '2 s', 'is a number of cores', '2 core'],
    ['per_request(q) <= 3 ms', '3 ms', 'is a count per request', '0.5 query/req'],
    ['p95(latency) < -3 ms', '-3 ms', 'cannot be negative', '500 ms'],
    [' < 500 ms', '', 'the metric is missing', 'metrics: '],
    ['p95[latency] < 5 ms', 'p95[latency]', 'is not a metric', 'metrics: '],
  ])('%s', (text, underlined, message, help) => {
    const problem = parseCriterion(text);
    expect(problem).toMatchObject({
      problem: 'CRITERION',
      message: expect.stringContaining(message),
      help: expect.stringContaining(help),
    });
    const place = isCriterionProblem(problem)
      ? text.slice(problem.offset, problem.offset + problem.length)
      : 'no problem';
    expect(underlined === '' || underlined === '(' || place === underlined ? 'right' : place).toBe('right');
  });
});

describe('parseMetric', () => {
  test.each(['p95(search)', 'p99.9(latency, service)', 'mean(latency)', 'error_rate', 'rate(search)', 'cpu(app)'])(
    '%s is written as it is read',
    (text) => {
      const metric = parseMetric(text);
      expect(isCriterionProblem(metric) ? metric.message : metricText(metric)).toBe(text);
    },
  );

  test.each([
    ['p95(search)', ['search']],
    ['p95(latency)', []],
    ['error_rate(checkout)', ['checkout']],
    ['counter(orders.rejected)', []],
  ])('classes of %s', (text, classes) => {
    const metric = parseMetric(text);
    expect(isCriterionProblem(metric) ? metric : metricClasses(metric)).toEqual(classes);
  });
});
