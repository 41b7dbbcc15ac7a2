import { expect, test } from 'vitest';
import { classByHand, observationByHand, ONE_TO_1000 } from '../judge/observation-by-hand.ts';
import type { Trial } from './lesson.ts';
import { shownOf, trialOutcome } from './trial-result.ts';

test.each([
  ['FAIL', 'PASS', 'shown'],
  ['PASS', 'PASS', 'not shown'],
  ['FAIL', 'FAIL', 'not shown'],
  ['INVALID', 'PASS', 'invalid'],
  ['FAIL', 'INVALID', 'invalid'],
  ['FAIL', 'INCONCLUSIVE', 'invalid'],
  ['NO_DATA', 'PASS', 'invalid'],
  ['NOT_JUDGED', 'NOT_JUDGED', 'invalid'],
] as const)('before %s and after %s: %s', (before, after, outcome) => {
  expect(trialOutcome(before, after)).toBe(outcome);
});

test('shows what was seen of each metric, and says what was not', () => {
  const side = { title: '', scenario: '', step: 1, set: [] };
  const shows = ['max(latency)', 'counter(nobody.counts)', 'p95(latency'].map((metric) => ({ title: metric, metric }));
  const trial: Trial = { before: side, after: side, goals: [], shows };
  const found = shownOf(trial, observationByHand([classByHand({ latencies: ONE_TO_1000 })]));
  expect(found).toMatchObject([
    { value: expect.closeTo(0.001, 5) },
    { noData: expect.stringContaining('nobody.counts') },
    { noData: expect.any(String) },
  ]);
});
