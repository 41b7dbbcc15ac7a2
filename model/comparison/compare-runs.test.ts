import { describe, expect, it } from 'vitest';
import { classByHand, observationByHand } from '../judge/observation-by-hand.ts';
import type { Observation } from '../observation/observation.ts';
import { parseComparedMetric, usualMetrics, comparedMetricText } from './compared-metric.ts';
import type { ComparedMetric } from './compared-metric.ts';
import { compareRuns } from './compare-runs.ts';
import type { JudgedRun } from './compare-runs.ts';
import { incomparable, unlikeness } from './likeness.ts';
import { comparedOutcome } from './outcome.ts';

/** A run whose latencies are all about the same, at a minute of the day. */
function run(latency_us: number, minute: number, change: Partial<Observation['what']> = {}): Observation {
  const classes = [
    classByHand({ latencies: [[latency_us, 500]] }),
    classByHand({ class: 'checkout', latencies: [[latency_us * 3, 50]] }),
  ];
  const seen = observationByHand(classes);
  const startedAt = `2026-03-01T10:${String(minute).padStart(2, '0')}:00.000Z`;
  return { ...seen, what: { ...seen.what, startedAt, ...change } };
}
const valid = (observation: Observation): JudgedRun => ({ observation, judgement: { validity: [] } });
const invalid = (observation: Observation): JudgedRun => ({
  observation,
  judgement: { validity: [{ name: 'send lag', severity: 'invalid', ok: false, detail: 'late by 40 ms', help: '' }] },
});
/** So many runs, every second minute from one on. */
const runs = (latencies: readonly number[], from: number) =>
  latencies.map((each, index) => run(each, from + 2 * index));
const BEFORE = runs([10_000, 10_100, 10_200, 9_900, 9_800, 10_050, 9_950, 10_150], 0);
const SLOWER = runs([11_000, 11_100, 11_200, 10_900, 10_800, 11_050, 10_950, 11_150], 1);

describe('two sets of runs', () => {
  it('are compared by what both have, and a proven regression is worse', () => {
    const compared = compareRuns(
      { name: 'baseline main', runs: BEFORE.map(valid) },
      { name: 'today', runs: SLOWER.map(valid) },
    );
    expect(compared).toMatchObject({
      plan: 'amazon-shop',
      step: 3,
      scenario: 'peak',
      before: { name: 'baseline main', runs: 8 },
      after: { name: 'today', runs: 8 },
      unlike: [],
    });
    const statuses = compared.comparisons.map(({ metric, status }) => `${metric}: ${status}`);
    // `checkout` has 50 requests a run: too few for an interval of p95, so it is not among them.
    expect(statuses).toEqual([
      'p50(latency): changed',
      'p95(latency): changed',
      'error_rate: unchanged',
      'p99(latency): changed',
      'p95(search): changed',
      'rate: unchanged',
    ]);
    expect(comparedOutcome([compared])).toBe('worse');
  });

  it('leave invalid runs out, and say so', () => {
    const { before, unlike, comparisons } = compareRuns(
      { name: 'a', runs: [...BEFORE.slice(0, 6).map(valid), ...BEFORE.slice(6).map(invalid)] },
      { name: 'b', runs: SLOWER.map(valid) },
    );
    expect(before.runs).toBe(6);
    expect(unlike).toEqual(['2 of 8 runs of a were invalid and are left out (send lag: late by 40 ms)']);
    expect(comparisons[0]?.because).toContain('6 and 8 runs');
  });

  it('are never fine when nothing could be compared', () => {
    const nothing = compareRuns({ name: 'a', runs: BEFORE.map(invalid) }, { name: 'b', runs: SLOWER.map(valid) });
    expect(nothing.before.runs).toBe(0);
    expect(comparedOutcome([nothing])).toBe('unsure');
    expect(comparedOutcome([])).toBe('unsure');
  });

  it('are fine although something that is only shown besides is too noisy', () => {
    const noisy = compareRuns(
      { name: 'a', runs: BEFORE.map(valid) },
      { name: 'b', runs: runs([10_000, 10_100, 10_200, 9_900, 9_800, 10_050, 9_950, 10_150], 1).map(valid) },
    );
    const besides = { ...noisy, comparisons: noisy.comparisons.map(noisyWhereBesides) };
    expect(besides.comparisons.some(({ status }) => status === 'too noisy')).toBe(true);
    expect(comparedOutcome([besides])).toBe('fine');
    const asked = {
      ...noisy,
      comparisons: noisy.comparisons.map((each) => ({ ...each, status: 'too noisy' as const })),
    };
    expect(comparedOutcome([asked])).toBe('unsure');
  });

  it('are compared by what is asked for, each metric once', () => {
    const asked = ['p95(checkout)', 'p95(search) in peak'].map(metricOf);
    const { comparisons } = compareRuns(
      { name: 'a', runs: BEFORE.map(valid) },
      { name: 'b', runs: SLOWER.map(valid) },
      { metrics: asked, criteria: [metricOf('p95(checkout)'), metricOf('cpu(cache)')] },
    );
    expect(comparisons.map(({ metric, status }) => `${metric}: ${status}`)).toEqual([
      'p95(checkout): changed',
      'p95(search) in peak: changed',
      'cpu(cache): no data',
    ]);
  });
});

function noisyWhereBesides(each: ReturnType<typeof compareRuns>['comparisons'][number]): typeof each {
  return each.besides ? { ...each, status: 'too noisy' } : each;
}

function metricOf(text: string): ComparedMetric {
  const parsed = parseComparedMetric(text);
  if ('message' in parsed) throw new Error(parsed.message);
  return parsed;
}

describe('a metric as it is asked for', () => {
  it.each(['p95(search)', 'p95(search) in peak', 'error_rate', 'ratio(cache.hits, cache.misses) in peak'])(
    'reads %s',
    (text) => expect(comparedMetricText(metricOf(text))).toBe(text),
  );

  it('says what is wrong', () => {
    expect(parseComparedMetric('p59(search')).toMatchObject({ message: '`p59(search` is not a metric' });
    expect(parseComparedMetric('error_rat')).toMatchObject({ help: 'did you mean `error_rate(checkout)`?' });
  });

  it('is none by itself without runs', () => {
    expect(usualMetrics([])).toEqual([]);
  });
});

describe('runs that do not answer the same question', () => {
  const [one] = BEFORE;
  if (!one) throw new Error('there is no run');
  it.each([
    { change: { step: 2 }, field: 'step', before: '3', after: '2' },
    { change: { scenario: 'viral' }, field: 'scenario', before: 'peak', after: 'viral' },
    { change: { scale: 0.5 }, field: 'scale', before: '1', after: '0.5' },
    { change: { executor: 'simulator' as const }, field: 'executor', before: 'live', after: 'simulator' },
  ])('are told apart by their $field', ({ change, ...expected }) => {
    expect(incomparable(one, run(10_000, 1, change))).toEqual(expected);
  });

  it('are told apart by the rate of a phase, and by their judged phases', () => {
    const faster = one.phases.map((phase) => ({ ...phase, target_rate_per_s: phase.target_rate_per_s * 2 }));
    expect(incomparable(one, { ...one, phases: faster })).toMatchObject({ field: 'rate of phase peak' });
    const renamed = one.phases.map((phase) => ({ ...phase, name: phase.judged ? 'steady' : phase.name }));
    expect(incomparable(one, { ...one, phases: renamed })).toEqual({
      field: 'phases',
      before: 'peak',
      after: 'steady',
    });
    expect(incomparable(one, run(20_000, 5))).toBeUndefined();
  });
});

describe('what is not alike', () => {
  it('names machines, lengths of phases, and runs that were not made in turns', () => {
    expect(unlikeness(BEFORE, SLOWER)).toEqual([]);
    const elsewhere = SLOWER.map((each) => ({ ...each, what: { ...each.what, environment: { node: '26.0.0' } } }));
    expect(unlikeness(BEFORE, elsewhere)).toEqual(['node was 24.21.0, then 26.0.0']);
    const later = runs([10_000, 10_100], 30);
    expect(unlikeness(BEFORE, later)).toEqual([
      'the runs were not made in turns, so that drift of the machine counts as change',
    ]);
    const shorter = SLOWER.map((each) => ({
      ...each,
      phases: each.phases.map((phase) => ({ ...phase, end_s: phase.end_s - (phase.judged ? 20 : 0) })),
    }));
    expect(unlikeness(BEFORE, shorter)).toEqual(['phase `peak` lasted 60 s, then 40 s']);
  });
});
