import type { GateJudgement } from '../model/gate/gate.ts';
import { worstOf } from '../model/judge/outcome.ts';
import type { Outcome, Status } from '../model/judge/outcome.ts';
import type { Result } from './result.ts';

/** Several results as one, whose outcome is the worst of theirs. Never of none. */
export function resultsTogether(results: readonly Result[]): Result {
  const [first] = results;
  if (results.length === 1 && first) return first;
  const gates = results.flatMap(({ gate }) => gate ?? []);
  const suspects = results.flatMap((result) => result.suspects ?? []).toSorted((a, b) => b.weight - a.weight);
  return {
    title: `${results.length} results`,
    outcome: worstOutcome(results),
    runs: results.flatMap(({ runs }) => runs),
    ...(gates.length > 0 && { gate: gatesTogether(gates) }),
    ...(suspects.length > 0 && { suspects }),
    compared: results.flatMap(({ compared = [] }) => compared),
    ledgers: results.flatMap(({ ledgers = [] }) => ledgers),
    failures: results.flatMap(({ failures = [] }) => failures),
  };
}

/** A gate of all their criteria; it wants the most that any of them does. */
function gatesTogether(gates: readonly GateJudgement[]): GateJudgement {
  const verdicts = gates.flatMap((gate) => gate.verdicts);
  const weightOf = (all: GateJudgement['verdicts']): number => all.reduce((sum, { weight }) => sum + weight, 0);
  const passed = verdicts.filter(({ status }) => status === 'PASS');
  return {
    gate: gates.map(({ gate }) => gate).join(', '),
    outcome: worstOutcome(gates),
    score: weightOf(passed) / weightOf(verdicts),
    passScore: Math.max(...gates.map(({ passScore }) => passScore)),
    verdicts,
  };
}

function worstOutcome(all: readonly { readonly outcome: Outcome }[]): Outcome {
  return worstOf(all.flatMap(({ outcome }): Status[] => (outcome === 'NOT_JUDGED' ? [] : [outcome])));
}
