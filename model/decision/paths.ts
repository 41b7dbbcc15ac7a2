import type { Decision, DecisionOutcome, DecisionQuestion } from './decision.ts';
import { outcomeCalled, questionCalled } from './follow.ts';
import type { AnswerOf, DecisionStep } from './follow.ts';

/** Outcomes that answers can still lead to from a question or outcome, in the order of the decision; those that are known are kept to. */
export function possibleOutcomes(
  decision: Decision,
  from: string,
  answerOf: AnswerOf = () => undefined,
): DecisionOutcome[] {
  const reached = reachedFrom(decision, from, answerOf);
  return decision.outcomes.filter(({ id }) => reached.has(id));
}

/** Questions that are asked for nothing: whatever the answer, the outcome is the same. */
export function idleQuestions(decision: Decision): DecisionQuestion[] {
  return decision.questions.filter(({ yes, no }) => {
    const [ofYes, ofNo] = [yes, no].map(({ to }) => possibleOutcomes(decision, to));
    return ofYes?.length === 1 && ofNo?.length === 1 && ofYes[0] === ofNo[0];
  });
}

/** An answer that decides although questions are left that speak for something else. */
export interface EarlyEnd {
  readonly question: DecisionQuestion;
  readonly yes: boolean;
  readonly outcome: DecisionOutcome;
  /** What the other answer would have had asked, in the order of the decision. */
  readonly unasked: readonly DecisionQuestion[];
  /** Outcomes that those can lead to, beside the one that was decided for. */
  readonly against: readonly DecisionOutcome[];
}

/** Every answer that ends the questions before others could have spoken against it. */
export function earlyEnds(decision: Decision): EarlyEnd[] {
  return decision.questions.flatMap((question) =>
    [true, false].flatMap((yes) => earlyEnd(decision, question, yes) ?? []),
  );
}

function earlyEnd(decision: Decision, question: DecisionQuestion, yes: boolean): EarlyEnd | undefined {
  const [taken, other] = yes ? [question.yes, question.no] : [question.no, question.yes];
  const outcome = outcomeCalled(decision, taken.to);
  const reached = reachedFrom(decision, other.to);
  const unasked = decision.questions.filter(({ id }) => reached.has(id));
  const against = possibleOutcomes(decision, other.to).filter((each) => each !== outcome);
  return outcome && unasked.length > 0 && against.length > 0 ? { question, yes, outcome, unasked, against } : undefined;
}

/** What would have come out if one answer had been the other. */
export interface Turn {
  readonly step: DecisionStep;
  /** All that is possible then; one where the other answers settle it. */
  readonly outcomes: readonly DecisionOutcome[];
}

/** Each step of a way with what the other answer would have led to, all other answers kept. */
export function turnsOf(decision: Decision, steps: readonly DecisionStep[], answerOf: AnswerOf): Turn[] {
  return steps.map((step) => {
    const { to } = step.yes ? step.question.no : step.question.yes;
    return { step, outcomes: possibleOutcomes(decision, to, answerOf) };
  });
}

/** Ids of questions and outcomes that can be come by, the beginning included. */
function reachedFrom(decision: Decision, from: string, answerOf: AnswerOf = () => undefined): Set<string> {
  const reached = new Set<string>();
  const visit = (id: string): void => {
    if (reached.has(id)) return;
    reached.add(id);
    const question = questionCalled(decision, id);
    if (!question) return;
    const yes = answerOf(question);
    if (yes !== false) visit(question.yes.to);
    if (yes !== true) visit(question.no.to);
  };
  visit(from);
  return reached;
}
