import { expect, test } from 'vitest';
import { SETTING, judged, runByHand } from '../model/diagnosis/testing/case-by-hand.ts';
import type { Observation } from '../model/observation/observation.ts';
import { checkResult } from './check-result.ts';

function failed(observation: Observation, baseline: readonly Observation[]) {
  const judgement = judged(observation, 'p95(latency) < 1 ms');
  const gate = { gate: 'own', outcome: judgement.outcome, score: 0, passScore: 1, verdicts: [] };
  const done = { gate, runs: [{ observation, judgement, setting: SETTING }], failures: [] };
  return checkResult(
    'amazon-shop',
    done,
    baseline.map((each) => ({ observation: each })),
  );
}

const SLOW = runByHand({ cpu_ms: { database: 0.6 } });
const WELL = runByHand();

test('a failure is traced by the baseline of its scenario', () => {
  expect(failed(SLOW, [WELL]).suspects?.map(({ tier }) => tier)).toEqual(['database']);
  expect(failed(SLOW, [SLOW, WELL]).suspects).toHaveLength(1);
});

test('that of another scenario says nothing', () => {
  const other = { ...WELL, what: { ...WELL.what, scenario: 'another' } };
  expect(failed(SLOW, [other])).not.toHaveProperty('suspects');
  expect(failed(SLOW, [])).not.toHaveProperty('suspects');
});
