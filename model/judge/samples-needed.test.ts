import { describe, expect, test } from 'vitest';
import type { Observation } from '../observation/observation.ts';
import { SIMULATOR_CLAIMS } from './claims.ts';
import { isCriterionProblem, parseCriterion } from './criterion.ts';
import { judge } from './judge.ts';
import type { Verdict } from './judge.ts';
import { classByHand, observationByHand } from './observation-by-hand.ts';

/** `n` samples spread evenly over 1 to 1,000 µs. */
function even(n: number): Observation {
  return observationByHand([classByHand({ latencies: Array.from({ length: 1000 }, (_, i) => [i + 1, n / 1000]) })]);
}

function errors(n: number, http_error: number): Observation {
  return observationByHand([classByHand({ latencies: [[1000, n]], http_error })]);
}

function verdict(observation: Observation, text: string): Verdict | undefined {
  const criterion = parseCriterion(text);
  return isCriterionProblem(criterion) ? undefined : judge(observation, [criterion], SIMULATOR_CLAIMS).verdicts[0];
}

describe('the number of samples asked for is the number that settles it', () => {
  test.each<[string, (n: number) => Observation, number]>([
    ['p95(latency) < 955 us', even, 1000],
    ['p95(latency) < 940 us', even, 1000],
    ['p99.9(latency) < 5 ms', even, 1000],
    ['mean(latency) < 505 us', even, 1000],
    ['error_rate < 0.1 %', (n) => errors(n, 0), 1000],
    ['error_rate < 1 %', (n) => errors(n, n * 0.008), 1000],
  ])('%s', (text, run, n) => {
    const needed = verdict(run(n), text)?.samplesNeeded ?? NaN;
    // Rounded up to a count that the even spread can be made of; a tenth more for what whole ranks cost.
    const enough = Math.ceil(((n + needed) * 1.1) / 1000) * 1000;
    expect(verdict(run(n), text)?.status).toBe('INCONCLUSIVE');
    expect(verdict(run(enough), text)?.status).not.toBe('INCONCLUSIVE');
  });

  test('it is not far more than needed either', () => {
    const needed = verdict(even(1000), 'p95(latency) < 955 us')?.samplesNeeded ?? NaN;
    const half = Math.floor((1000 + needed) / 2 / 1000) * 1000;
    expect(verdict(even(half), 'p95(latency) < 955 us')?.status).toBe('INCONCLUSIVE');
  });

  test('an interval that does not exist yet', () => {
    const few = observationByHand([classByHand({ latencies: [[1000, 40]] })]);
    expect(verdict(few, 'p95(latency) < 1 s')).toMatchObject({ status: 'INCONCLUSIVE', samplesNeeded: 32 });
    expect(verdict(few, 'mean(latency) < 1 s')).toMatchObject({ status: 'PASS' });
  });

  test('no number of samples tells a value from itself', () => {
    const found = verdict(errors(1000, 10), 'error_rate < 1 %');
    expect(found).toMatchObject({ status: 'INCONCLUSIVE', help: expect.stringContaining('too near') });
    expect(found).not.toHaveProperty('samplesNeeded');
  });
});
