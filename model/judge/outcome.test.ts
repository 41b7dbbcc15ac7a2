import { expect, test } from 'vitest';
import { exitCodeOf, worstOf } from './outcome.ts';
import type { Outcome, Status } from './outcome.ts';

test.each<[Status[], Outcome, number]>([
  [[], 'NOT_JUDGED', 0],
  [['PASS', 'PASS'], 'PASS', 0],
  [['PASS', 'INCONCLUSIVE'], 'INCONCLUSIVE', 4],
  [['INCONCLUSIVE', 'NO_DATA', 'PASS'], 'NO_DATA', 4],
  [['NO_DATA', 'INVALID'], 'INVALID', 4],
  [['INVALID', 'FAIL', 'PASS'], 'FAIL', 1],
])('%j makes %s, exit code %i', (statuses, outcome, code) => {
  expect(worstOf(statuses)).toBe(outcome);
  expect(exitCodeOf(outcome)).toBe(code);
});
