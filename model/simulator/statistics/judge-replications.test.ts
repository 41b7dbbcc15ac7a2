import { describe, expect, test } from 'vitest';
import { SIMULATOR_CLAIMS } from '../../judge/claims.ts';
import { isCriterionProblem, parseCriterion } from '../../judge/criterion.ts';
import { judge } from '../../judge/judge.ts';
import type { Judgement, Verdict } from '../../judge/judge.ts';
import type { Observation } from '../../observation/observation.ts';
import { HTTP_ERROR, OK, TIMEOUT } from '../record/outcome.ts';
import { phaseByHand, runByHand } from '../testing/run-by-hand.ts';
import type { RunByHand } from '../testing/run-by-hand.ts';
import { judgeReplications } from './judge-replications.ts';

function judged(observations: readonly Observation[], ...texts: string[]): Judgement {
  const criteria = texts.map((text) => {
    const criterion = parseCriterion(text);
    if (isCriterionProblem(criterion)) throw new Error(criterion.message);
    return criterion;
  });
  return judgeReplications(observations, criteria, SIMULATOR_CLAIMS);
}

function verdict(observations: readonly Observation[], text: string): Verdict {
  const [only] = judged(observations, text).verdicts;
  if (!only) throw new Error('one criterion has one verdict');
  return only;
}

const replications = (by: (seed: number) => RunByHand = () => ({}), count = 5): Observation[] =>
  Array.from({ length: count }, (_, i) => runByHand({ seed: i + 1, ...by(i + 1) }).observation);
const FIVE = replications();
/** Mean response times of 10, 12, 14, 16 and 18 ms. */
const SCATTERED = replications((seed) => ({ response_s: () => 0.008 + 0.002 * seed }));

describe('the interval over replications decides', () => {
  // Mean 14 ms, deviation 3.162 ms, t(4) = 2.776: ± 3.926 ms.
  test.each([
    ['mean(latency) < 18 ms', 'PASS'],
    ['mean(latency) < 17 ms', 'INCONCLUSIVE'],
    ['mean(latency) < 11 ms', 'INCONCLUSIVE'],
    ['mean(latency) < 10 ms', 'FAIL'],
    ['p95(latency) > 10 ms', 'PASS'],
    // One run reached 18 ms, so that a limit of 17 ms is broken whatever the others did.
    ['max(latency) < 17 ms', 'FAIL'],
    ['max(latency) < 19 ms', 'PASS'],
    ['error_rate <= 0 %', 'PASS'],
    ['error_rate < 0.1 %', 'PASS'],
    ['reached >= 100 %', 'PASS'],
  ])('%s: %s', (text, status) => {
    expect(verdict(SCATTERED, text).status).toBe(status);
  });

  test('with its numbers, and all requests as samples', () => {
    const { measurement, because } = verdict(SCATTERED, 'mean(latency) < 18 ms');
    expect(measurement?.value).toBeCloseTo(0.014, 5);
    expect(measurement?.interval95?.low).toBeCloseTo(0.01007, 4);
    expect(measurement?.interval95?.high).toBeCloseTo(0.01793, 4);
    expect(measurement?.samples).toBe(SCATTERED.reduce((sum, { totals }) => sum + totals.sent, 0));
    expect(because).toBe('mean is 14 ms, below 18 ms');
  });

  test('INCONCLUSIVE says how many more replications would tell', () => {
    // t(n - 1) × 3.162 / sqrt(n) < 2 ms first holds for n = 13.
    expect(verdict(SCATTERED, 'mean(latency) < 16 ms').help).toBe('simulate 8 more replications, or longer ones');
    expect(verdict(SCATTERED, 'mean(latency) < 14.001 ms').help).toContain('too near the threshold');
  });
});

describe('shares', () => {
  test('that agree by chance still have the interval of so many requests', () => {
    // No error in about 30,000 requests leaves up to 0.013 % possible (Wilson).
    expect(verdict(FIVE, 'error_rate < 0.05 %').status).toBe('PASS');
    const open = verdict(FIVE, 'error_rate < 0.01 %');
    expect(open.status).toBe('INCONCLUSIVE');
    expect(open.help).toMatch(/simulate [1-9] more replications?, /);
  });

  test('one error in one replication breaks a limit of none', () => {
    const seen = replications((seed) => ({ outcome: (at_s) => (seed === 3 && at_s > 59.9 ? HTTP_ERROR : OK) }));
    expect(verdict(seen, 'error_rate <= 0 %').status).toBe('FAIL');
  });
});

describe('counters', () => {
  const counted = replications((seed) => ({
    counters: { 'database.queries': 1000 + seed, oversold: seed === 2 ? 1 : 0 },
  }));

  test.each([
    ['counter(database.queries) < 1006', 'PASS'],
    ['counter(database.queries) < 1004', 'INCONCLUSIVE'],
    ['counter(database.queries) > 1006', 'FAIL'],
    ['counter(oversold) <= 0', 'FAIL'],
  ])('%s: %s', (text, status) => {
    expect(verdict(counted, text).status).toBe(status);
  });
});

test('a rate that was reached was reached; a miss is held against chance', () => {
  const { measurement } = verdict(FIVE, 'rate >= 1 req/s');
  const value = measurement?.value ?? NaN;
  expect(verdict(FIVE, `rate >= ${(value - 0.001).toFixed(4)} req/s`).status).toBe('PASS');
  expect(verdict(FIVE, `rate >= ${(value + 0.001).toFixed(4)} req/s`).status).toBe('INCONCLUSIVE');
});

test('requests that never answered prove nothing good', () => {
  const timeouts = replications(() => ({ response_s: () => 0.2, outcome: () => TIMEOUT }));
  expect(verdict(timeouts, 'p95(latency) < 300 ms').status).toBe('INCONCLUSIVE');
  expect(verdict(timeouts, 'p95(latency) < 100 ms')).toMatchObject({
    status: 'FAIL',
    because: 'p95 is at least 200 ms, not below 100 ms',
  });
});

describe('what one replication lacks', () => {
  const [first = runByHand().observation] = FIVE;

  test('is NO_DATA for all', () => {
    const without = { ...first, phases: first.phases.map((phase) => ({ ...phase, counters: {} })) };
    const having = replications(() => ({ counters: { hits: 3 } }), 2);
    expect(verdict([...having, without], 'counter(hits) > 1')).toMatchObject({ status: 'NO_DATA' });
    expect(verdict(FIVE, 'p95(checkout) < 1 s')).toMatchObject({ status: 'NO_DATA', help: 'its classes: search' });
  });

  test('validity makes every verdict INVALID, and says where', () => {
    const early = { ...first, complete: false, incompleteBecause: 'stopped' };
    const judgement = judged([first, early, first], 'p95(latency) < 1 s', 'counter(none) > 1');
    expect(judgement.outcome).toBe('INVALID');
    expect(judgement.verdicts[0]).toMatchObject({
      status: 'INVALID',
      because: 'in 1 of 3 replications; in number 2 the run ended early: stopped',
    });
    expect(judgement.verdicts[0]).toHaveProperty('measurement');
    expect(judgement.verdicts[1]).not.toHaveProperty('measurement');
    expect(judged([early], 'p95(latency) < 1 s').outcome).toBe('INVALID');
  });

  test('a metric that a run cannot carry is INVALID alone', () => {
    const scaled = FIVE.map((each) => ({ ...each, what: { ...each.what, scale: 10 } }));
    const { verdicts, validity } = judged(scaled, 'rate > 1 req/s', 'p95(latency) < 1 s');
    expect(verdicts.map((each) => each.status)).toEqual(['INVALID', 'PASS']);
    expect(validity.filter((check) => !check.ok)).toEqual([]);
  });
});

test('a simulated run passes every check of validity, bursts far from the target rate included', () => {
  const bursty = replications(() => ({ rate_per_s: (at_s) => (at_s % 10 < 1 ? 900 : 20) }));
  const { validity, outcome } = judged(bursty, 'p95(latency) < 1 s');
  expect(validity.filter((check) => !check.ok)).toEqual([]);
  expect(validity.map((check) => check.name)).toContain('rate');
  expect(outcome).toBe('PASS');
});

test('one replication is judged as any run, and none cannot be', () => {
  const [first = runByHand().observation] = FIVE;
  const criterion = parseCriterion('p95(latency) < 1 s in peak');
  if (isCriterionProblem(criterion)) throw new Error(criterion.message);
  expect(judgeReplications([first], [criterion], SIMULATOR_CLAIMS)).toEqual(
    judge(first, [criterion], SIMULATOR_CLAIMS),
  );
  expect(() => judgeReplications([], [], SIMULATOR_CLAIMS)).toThrow(RangeError);
  expect(judged(FIVE).outcome).toBe('NOT_JUDGED');
});

test('only judged phases count, unless one is named', () => {
  const phases = [phaseByHand('warm-up', 0, 30, false), phaseByHand('peak', 30, 60)];
  const seen = replications(() => ({ phases, response_s: (at_s) => (at_s < 30 ? 1 : 0.01) }));
  expect(verdict(seen, 'max(latency) < 100 ms').status).toBe('PASS');
  expect(verdict(seen, 'max(latency) < 100 ms in warm-up').status).toBe('FAIL');
});
