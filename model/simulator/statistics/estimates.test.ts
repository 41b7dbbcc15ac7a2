import { describe, expect, test } from 'vitest';
import { judge } from '../../judge/judge.ts';
import { SIMULATOR_CLAIMS } from '../../judge/claims.ts';
import { isCriterionProblem, parseCriterion } from '../../judge/criterion.ts';
import { TIMEOUT } from '../record/outcome.ts';
import { phaseByHand, runByHand } from '../testing/run-by-hand.ts';
import { estimatesOf } from './estimates.ts';
import { figuresOf } from './figures.ts';
import { relativePrecision, replicationsNeeded } from './precision.ts';
import { replicationInterval } from './replication-interval.ts';

const RUNS = [1, 2, 3, 4, 5, 6].map((seed) => runByHand({ seed, station: { waiting: seed } }));
const [FIRST = runByHand()] = RUNS;

test('figures are those that the judge takes', () => {
  const figures = figuresOf(FIRST.observation);
  const texts = ['rate', 'error_rate', 'mean(latency)', 'p50(latency)', 'p95(latency)', 'p99(latency)'];
  const criteria = texts.map((text) => {
    const criterion = parseCriterion(`${text} >= 0${/p|mean/.test(text) ? ' s' : text === 'rate' ? ' req/s' : ' %'}`);
    if (isCriterionProblem(criterion)) throw new Error(criterion.message);
    return criterion;
  });
  const measured = judge(FIRST.observation, criteria, SIMULATOR_CLAIMS).verdicts.map(
    (verdict) => verdict.measurement?.value,
  );
  expect(Object.values(figures).map((figure) => figure?.value)).toEqual(measured);
  expect(figuresOf(FIRST.observation, 'search')).toEqual(figures);
});

describe('several replications', () => {
  const estimates = estimatesOf(RUNS);

  test('an estimate is the mean over replications with a t interval', () => {
    const values = RUNS.map((run) => figuresOf(run.observation).p95_s?.value ?? NaN);
    const { mean, halfWidth95 } = replicationInterval(values);
    const p95 = { value: mean, halfWidth95, method: 'replications', censored: false };
    expect(estimates.overall.p95_s).toEqual(p95);
    expect(estimates.classes).toEqual([{ class: 'search', ...estimates.overall }]);
    // ln 20 times the mean, of an exponential distribution.
    expect(estimates.overall.p95_s?.value).toBeCloseTo(0.02996, 3);
    expect(estimates.overall.throughput_per_s?.value).toBeCloseTo(100, -1);
  });

  test('tiers come from what the simulator measured of them', () => {
    const [app] = estimates.tiers;
    // Values 1 to 6: deviation 1.871, t(5) = 2.571.
    expect(app).toMatchObject({ tier: 'app', waiting: { value: 3.5, method: 'replications' } });
    expect(app?.waiting.halfWidth95).toBeCloseTo((2.571 * 1.8708) / Math.sqrt(6), 3);
    expect(app?.utilisation).toMatchObject({ value: 0.55, halfWidth95: 0 });
  });
});

describe('a single run', () => {
  test('has intervals from its batches, and none where it has no series', () => {
    const { overall, classes, tiers, warnings } = estimatesOf([FIRST]);
    for (const estimate of Object.values(overall)) {
      expect(estimate).toMatchObject({ method: 'batch means', halfWidth95: expect.any(Number) });
    }
    expect(overall.p95_s?.value).toBe(figuresOf(FIRST.observation).p95_s?.value);
    expect(classes[0]?.p95_s).toMatchObject({ halfWidth95: null });
    expect(tiers[0]?.waiting).toMatchObject({ value: 1, halfWidth95: 0, method: 'batch means' });
    expect(tiers[0]?.residence_s).toMatchObject({ value: 0.04, halfWidth95: null });
    expect(warnings).toEqual([]);
  });

  test('an interval of one run is near to that of several', () => {
    const one = estimatesOf([runByHand({ phases: [phaseByHand('peak', 0, 360)] })]).overall.mean_s;
    const six = estimatesOf(RUNS).overall.mean_s;
    expect((one?.halfWidth95 ?? 0) / (six?.halfWidth95 ?? 1)).toBeGreaterThan(0.4);
    expect((one?.halfWidth95 ?? 0) / (six?.halfWidth95 ?? 1)).toBeLessThan(2.5);
  });

  test('says when its parts resemble each other', () => {
    const drifting = runByHand({ response_s: (at_s, random) => (0.01 + at_s / 1000) * random.exponential() });
    expect(estimatesOf([drifting]).warnings).toEqual([
      expect.stringContaining('the mean response time, p50, p95, p99'),
    ]);
  });
});

test('what never answered makes figures lower bounds', () => {
  const slow = runByHand({ outcome: (_, random) => (random.uniform() < 0.1 ? TIMEOUT : 0), response_s: () => 1 });
  const { overall } = estimatesOf([slow, FIRST]);
  expect(overall).toMatchObject({
    p95_s: { censored: true },
    mean_s: { censored: true },
    errorRate: { censored: false },
  });
});

test('without requests there is nothing to say, and without a run nothing to ask', () => {
  const { overall } = estimatesOf([runByHand({ rate_per_s: () => 1e-9 })]);
  expect(Object.values(overall)).toEqual([null, null, null, null, null, null]);
  expect(() => estimatesOf([])).toThrow(RangeError);
});

describe('precision', () => {
  const { overall } = estimatesOf(RUNS);
  const share = (figure: 'mean_s' | 'p95_s'): number =>
    (overall[figure]?.halfWidth95 ?? NaN) / (overall[figure]?.value ?? NaN);

  test('is the worse of mean and p95', () => {
    expect(relativePrecision(estimatesOf(RUNS))).toBe(Math.max(share('mean_s'), share('p95_s')));
  });

  test('cannot be told without requests', () => {
    const idle = estimatesOf([runByHand({ rate_per_s: () => 1e-9 })]);
    expect(relativePrecision(idle)).toBe(Infinity);
    expect(replicationsNeeded(idle, 0.1)).toBe(Infinity);
  });

  test('half of it takes about four times as many replications; what is reached takes no more', () => {
    const estimates = estimatesOf(RUNS);
    const now = relativePrecision(estimates);
    expect(replicationsNeeded(estimates, now * 1.01)).toBe(6);
    const needed = replicationsNeeded(estimates, now / 2);
    // t(5) is 2.57, t(15) 2.13: a little fewer than 24.
    expect(needed).toBeGreaterThanOrEqual(15);
    expect(needed).toBeLessThanOrEqual(20);
    expect(() => replicationsNeeded(estimates, 0)).toThrow(RangeError);
  });
});
