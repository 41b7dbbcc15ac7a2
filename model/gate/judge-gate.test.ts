import { describe, expect, test } from 'vitest';
import { isCriterionProblem, parseCriterion } from '../judge/criterion.ts';
import type { Criterion } from '../judge/criterion.ts';
import type { Status } from '../judge/outcome.ts';
import type { GateCriterion } from './gate.ts';
import { judgeGate } from './judge-gate.ts';

function criterionOf(text: string): Criterion {
  const criterion = parseCriterion(text);
  if (isCriterionProblem(criterion)) throw new Error(criterion.message);
  return criterion;
}

/** A gate in which each criterion came to a status: `FAIL`, or with weight and must-have `PASS 3 must`. */
function judged(words: readonly string[], passScore = 1) {
  const gated = words.map((word, index): GateCriterion & { readonly status: Status } => {
    const [status = 'PASS', weight = '1', must] = word.split(' ');
    const criterion = criterionOf(`p95(latency) < ${index + 1} s`);
    return { criterion, weight: Number(weight), must: must === 'must', from: 'gate.yaml', status: status as Status };
  });
  const verdicts = gated.map(({ criterion, status }) => ({ criterion, status, because: 'said so' }));
  const run = { scenario: 'moderate', step: 2, judgement: { outcome: 'PASS' as const, verdicts, validity: [] } };
  return judgeGate({ name: 'gate', criteria: gated, passScore }, new Map([['moderate', gated]]), [run]);
}

describe('with the usual score the worst verdict decides', () => {
  test.each([
    [['PASS', 'PASS'], 'PASS'],
    [['PASS', 'INCONCLUSIVE'], 'INCONCLUSIVE'],
    [['INCONCLUSIVE', 'NO_DATA'], 'NO_DATA'],
    [['NO_DATA', 'INVALID'], 'INVALID'],
    [['INVALID', 'FAIL'], 'FAIL'],
  ])('%j is %s', (words, outcome) => expect(judged(words).outcome).toBe(outcome));
});

describe('a score weighs what failed and what is open against what passed', () => {
  test.each([
    [['PASS 9', 'FAIL 1'], 0.9, 'PASS'],
    [['PASS 8.9', 'FAIL 1.1'], 0.9, 'FAIL'],
    [['PASS 9', 'INCONCLUSIVE 1'], 0.9, 'PASS'],
    [['PASS 8', 'INCONCLUSIVE 1', 'FAIL 1'], 0.9, 'INCONCLUSIVE'],
    [['PASS 0.1', 'PASS 0.2', 'FAIL 0.7'], 0.3, 'PASS'],
  ])('%j at %d is %s', (words, passScore, outcome) => expect(judged(words, passScore).outcome).toBe(outcome));

  test.each(['NO_DATA', 'INVALID'])('but %s is never outvoted, however light', (status) => {
    expect(judged(['PASS 99', `${status} 1`], 0.5).outcome).toBe(status);
  });

  test('a must-have that failed fails the gate, and one that is open keeps it open', () => {
    expect(judged(['PASS 99', 'FAIL 1 must'], 0.5).outcome).toBe('FAIL');
    expect(judged(['PASS 99', 'INCONCLUSIVE 1 must'], 0.5).outcome).toBe('INCONCLUSIVE');
    expect(judged(['PASS 99', 'NO_DATA 1', 'FAIL 1 must'], 0.5).outcome).toBe('FAIL');
  });

  test('the score is the share of the weights that passed', () => {
    expect(judged(['PASS 3', 'FAIL 1'])).toMatchObject({ score: 0.75, passScore: 1 });
  });
});

describe('what was not run', () => {
  const gated: GateCriterion = {
    criterion: criterionOf('error_rate < 1 %'),
    weight: 1,
    must: false,
    from: 'slo of the plan',
  };
  const gate = { name: 'gate', criteria: [gated], passScore: 1 };

  test('has no data, and says why', () => {
    const missed = [{ scenario: 'moderate', step: 2, because: 'no port is free' }];
    const { outcome, verdicts } = judgeGate(gate, new Map([['moderate', [gated]]]), [], missed);
    expect(outcome).toBe('NO_DATA');
    expect(verdicts).toMatchObject([{ status: 'NO_DATA', because: 'no port is free', text: 'error_rate < 1 %' }]);
  });

  test('is no pass even when nothing at all was to be judged', () => {
    expect(judgeGate(gate, new Map(), []).outcome).toBe('NO_DATA');
  });
});
