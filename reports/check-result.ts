import type { GateJudgement } from '../model/gate/gate.ts';
import type { Result, ResultFailure, ResultRun } from './result.ts';

/** What a check has found, as the result that all reports are written from. */
export function checkResult(
  plan: string,
  check: {
    readonly gate: GateJudgement;
    readonly runs: readonly ResultRun[];
    readonly failures: readonly ResultFailure[];
  },
): Result {
  const { gate, runs, failures } = check;
  const steps = [...new Set(gate.verdicts.map(({ step }) => step))].toSorted((a, b) => a - b);
  const where = steps.length === 1 ? `step ${steps.join('')}` : `steps ${steps.join(', ')}`;
  return {
    title: `check of ${plan}, ${where}`,
    outcome: gate.outcome,
    runs: runs.map(({ run, observation, judgement, setting }) => {
      return { observation, judgement, ...(run === undefined ? {} : { run }), ...(setting && { setting }) };
    }),
    gate,
    ...(failures.length > 0 && { failures }),
  };
}
