import { incomparable } from '../model/comparison/likeness.ts';
import { suspectsOfRuns } from '../model/diagnosis/suspects-of-runs.ts';
import type { GateJudgement } from '../model/gate/gate.ts';
import type { Observation } from '../model/observation/observation.ts';
import type { Result, ResultFailure, ResultRun } from './result.ts';

/**
 * What a check has found, as the result that all reports are written from. `baseline`: runs in which all was well; each run is held against the last
 * one of its scenario, where it takes one to tell the cause.
 */
export function checkResult(
  plan: string,
  check: {
    readonly gate: GateJudgement;
    readonly runs: readonly ResultRun[];
    readonly failures: readonly ResultFailure[];
  },
  baseline: readonly Pick<ResultRun, 'observation'>[] = [],
): Result {
  const { gate, runs, failures } = check;
  const steps = [...new Set(gate.verdicts.map(({ step }) => step))].toSorted((a, b) => a - b);
  const where = steps.length === 1 ? `step ${steps.join('')}` : `steps ${steps.join(', ')}`;
  const usual = (seen: Observation): Observation | undefined =>
    baseline.findLast(({ observation }) => incomparable(observation, seen) === undefined)?.observation;
  const cases = runs.map((run) => ({ ...run, baseline: usual(run.observation) }));
  const suspects = gate.outcome === 'PASS' ? [] : suspectsOfRuns(cases);
  return {
    title: `check of ${plan}, ${where}`,
    outcome: gate.outcome,
    runs: runs.map(({ run, observation, judgement, setting }) => {
      return { observation, judgement, ...(run === undefined ? {} : { run }), ...(setting && { setting }) };
    }),
    gate,
    ...(suspects.length > 0 && { suspects }),
    ...(failures.length > 0 && { failures }),
  };
}
