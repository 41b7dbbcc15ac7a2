import type { Judgement } from '../judge/judge.ts';
import { worstOf } from '../judge/outcome.ts';
import type { Outcome, Status } from '../judge/outcome.ts';
import type { Gate, GateCriterion, GateJudgement, GateVerdict } from './gate.ts';

/** What a run was judged as, by the criteria that were assigned to its scenario. */
export interface GatedRun {
  readonly scenario: string;
  readonly step: number;
  readonly judgement: Judgement;
}

/** A run that did not come about. */
export interface MissedRun {
  readonly scenario: string;
  readonly step: number;
  /** Lower case, no full stop. */
  readonly because: string;
}

/**
 * What a gate comes to. The score is the share of the weights that passed. FAIL when a must-have failed, or when the score would be missed even if
 * all that is open passed: both are proven. Else what has no data or is invalid makes the gate so, whatever the score: weights weigh figures
 * against each other, and there is none. Else PASS when the score is reached and every must-have passed, and INCONCLUSIVE when it is not. With
 * the usual score of 100 % that is the worst of all verdicts. NO_DATA without any verdict.
 */
export function judgeGate(
  gate: Gate,
  assigned: ReadonlyMap<string, readonly GateCriterion[]>,
  runs: readonly GatedRun[],
  missed: readonly MissedRun[] = [],
): GateJudgement {
  const verdicts = [
    ...runs.flatMap((run) => (assigned.get(run.scenario) ?? []).map((criterion) => verdictOf(criterion, run))),
    ...missed.flatMap((run) => (assigned.get(run.scenario) ?? []).map((criterion) => unrunOf(criterion, run))),
  ];
  const total = weightOf(verdicts);
  const passed = weightOf(verdicts.filter(({ status }) => status === 'PASS'));
  const score = total === 0 ? 0 : passed / total;
  return { gate: gate.name, outcome: outcomeOf(verdicts, gate.passScore), score, passScore: gate.passScore, verdicts };
}

function outcomeOf(verdicts: readonly GateVerdict[], passScore: number): Outcome {
  const failed = verdicts.filter(({ status }) => status === 'FAIL');
  if (failed.some(({ must }) => must) || !reaches(without(verdicts, failed), verdicts, passScore)) {
    // Without a verdict nothing is proven.
    return failed.length > 0 ? 'FAIL' : 'NO_DATA';
  }
  const blind = worstOf(verdicts.map(({ status }) => status).filter(isBlind));
  if (blind !== 'NOT_JUDGED') return blind;
  const passed = verdicts.filter(({ status }) => status === 'PASS');
  const isMet =
    reaches(passed, verdicts, passScore) && verdicts.every(({ must, status }) => !must || status === 'PASS');
  return isMet ? 'PASS' : 'INCONCLUSIVE';
}

function isBlind(status: Status): boolean {
  return status === 'INVALID' || status === 'NO_DATA';
}

function without(verdicts: readonly GateVerdict[], others: readonly GateVerdict[]): GateVerdict[] {
  return verdicts.filter((verdict) => !others.includes(verdict));
}

/** A share of no weights is reached by nothing. Weights may be fractions, whose sum in another order differs in its last digit. */
function reaches(some: readonly GateVerdict[], all: readonly GateVerdict[], passScore: number): boolean {
  return all.length > 0 && weightOf(some) >= weightOf(all) * passScore * (1 - 1e-9);
}

function weightOf(verdicts: readonly GateVerdict[]): number {
  return verdicts.reduce((sum, { weight }) => sum + weight, 0);
}

function verdictOf(gated: GateCriterion, { scenario, step, judgement }: GatedRun): GateVerdict {
  const { criterion, weight, must, from } = gated;
  const verdict = judgement.verdicts.find((each) => each.criterion.text === criterion.text);
  if (!verdict) return unrunOf(gated, { scenario, step, because: 'the run was not held against it' });
  const { status, because, help, measurement } = verdict;
  return {
    text: criterion.text,
    scenario,
    step,
    status,
    weight,
    must,
    from,
    because,
    ...(help === undefined ? {} : { help }),
    ...(measurement && { measurement }),
  };
}

function unrunOf(
  { criterion, weight, must, from }: GateCriterion,
  { scenario, step, because }: MissedRun,
): GateVerdict {
  return { text: criterion.text, scenario, step, status: 'NO_DATA', weight, must, from, because };
}
