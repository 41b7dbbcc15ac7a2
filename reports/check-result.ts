import { basename } from 'node:path';
import { suspectsOfRuns } from '../model/diagnosis/suspects-of-runs.ts';
import type { GateJudgement } from '../model/gate/gate.ts';
import type { Observation } from '../model/observation/observation.ts';
import type { Result, ResultFailure, ResultRun } from './result.ts';

export interface CheckSeen {
  readonly gate: GateJudgement;
  readonly runs: readonly ResultRun[];
  readonly failures: readonly ResultFailure[];
}

/**
 * What a check has found, as the result that all reports are written from. Where it did not pass, its runs say what the cause may be;
 * `baseline` are runs of the same scenarios in which all was well.
 */
export function checkResult(
  plan: string,
  { gate, runs, failures }: CheckSeen,
  baseline: readonly Observation[] = [],
): Result {
  const steps = [...new Set(gate.verdicts.map(({ step }) => step))].toSorted((a, b) => a - b);
  const cases = runs.map((run) => ({ ...run, baseline: likeIt(run, baseline) }));
  const suspects = gate.outcome === 'PASS' ? [] : suspectsOfRuns(cases);
  return {
    title: `check of ${plan}, ${steps.length === 1 ? 'step' : 'steps'} ${steps.join(', ')}`,
    outcome: gate.outcome,
    runs: runs.map((each) => (each.run === undefined ? each : { ...each, run: basename(each.run) })),
    gate,
    ...(suspects.length > 0 && { suspects }),
    ...(failures.length > 0 && { failures }),
  };
}

/** The newest that can stand beside it. */
function likeIt({ observation: { what } }: ResultRun, baseline: readonly Observation[]): Observation | undefined {
  return baseline.findLast(
    (each) =>
      each.complete &&
      each.what.plan === what.plan &&
      each.what.scenario === what.scenario &&
      each.what.step === what.step &&
      each.what.scale === what.scale,
  );
}
