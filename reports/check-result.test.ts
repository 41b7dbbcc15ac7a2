import { expect, test } from 'vitest';
import type { GateJudgement } from '../model/gate/gate.ts';
import { classByHand, observationByHand } from '../model/judge/observation-by-hand.ts';
import type { Observation } from '../model/observation/observation.ts';
import { checkResult } from './check-result.ts';
import type { ResultRun } from './result.ts';

const CLASSES = [classByHand({ latencies: [[20_000, 6000]] })];

/** The database takes so many cores. */
function taking(cpu_cores: number): Observation {
  const series = (cores: number) => Array.from({ length: 70 }, (_, at_s) => ({ at_s, cpu_cores: cores }));
  const tiers = [
    { tier: 'app', series: series(0.2) },
    { tier: 'cache', series: series(0.05) },
    { tier: 'database', series: series(cpu_cores) },
  ];
  return observationByHand(CLASSES, { tiers });
}

function gate(outcome: 'PASS' | 'FAIL'): GateJudgement {
  const verdict = { scenario: 'peak', step: 3, status: outcome, weight: 1, must: false, from: '', because: '' };
  return { gate: 'mine', outcome, score: 0, passScore: 1, verdicts: [{ ...verdict, text: 'p95(latency) < 1 s' }] };
}

const judgement = { outcome: 'FAIL' as const, verdicts: [], validity: [] };
const run: ResultRun = { observation: taking(1.5), judgement };

test('a check that failed says what its runs point at, beside a baseline', () => {
  const result = checkResult('mine', { gate: gate('FAIL'), runs: [run], failures: [] }, [taking(0.2)]);
  expect(result).toMatchObject({ title: 'check of mine, step 3', outcome: 'FAIL', suspects: [{ tier: 'database' }] });
  expect(result).not.toHaveProperty('failures');
});

test('runs of another scenario are no baseline, and who passed has no suspects', () => {
  const other = taking(0.2);
  const elsewhere = [{ ...other, what: { ...other.what, scenario: 'calm' } }];
  expect(checkResult('mine', { gate: gate('FAIL'), runs: [run], failures: [] }, elsewhere)).not.toHaveProperty(
    'suspects',
  );
  expect(checkResult('mine', { gate: gate('PASS'), runs: [run], failures: [] }, [taking(0.2)])).not.toHaveProperty(
    'suspects',
  );
});
