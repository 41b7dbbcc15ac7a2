import type { Branch, Decision, DecisionOutcome, DecisionQuestion } from './decision.ts';

/** Answers by question: `yes`, `no`, or a number in the unit that is asked for. */
export type DecisionAnswers = Readonly<Record<string, string>>;

/** Yes or no to a question; undefined where that is not known. */
export type AnswerOf = (question: DecisionQuestion) => boolean | undefined;

/** A question that was asked, and where its answer led. */
export interface DecisionStep {
  readonly question: DecisionQuestion;
  readonly yes: boolean;
  readonly branch: Branch;
}

/** How far answers lead: to an outcome, or to the first question without one. */
export interface Followed {
  readonly steps: readonly DecisionStep[];
  readonly next: DecisionQuestion | null;
  readonly outcome: DecisionOutcome | null;
}

/** The way through a decision, from its first question on. Answers to questions that are not on it play no part. */
export function follow(decision: Decision, answerOf: AnswerOf): Followed {
  const steps: DecisionStep[] = [];
  let next = decision.questions[0];
  while (next) {
    const yes = answerOf(next);
    if (yes === undefined) return { steps, next, outcome: null };
    const branch = yes ? next.yes : next.no;
    steps.push({ question: next, yes, branch });
    next = questionCalled(decision, branch.to);
  }
  return { steps, next: null, outcome: outcomeCalled(decision, steps.at(-1)?.branch.to ?? '') };
}

/** What a learner's kept answers say; one that cannot be read counts as none. */
export function answersOf(answers: DecisionAnswers): AnswerOf {
  return (question) => {
    const answer = answers[question.id];
    return answer === undefined ? undefined : isYes(question, answer);
  };
}

/** What the documents answer for their own project. */
export const documentsAnswer: AnswerOf = ({ documents }) => documents?.yes;

export function questionCalled({ questions }: Decision, id: string): DecisionQuestion | undefined {
  return questions.find((question) => question.id === id);
}

export function outcomeCalled({ outcomes }: Decision, id: string): DecisionOutcome | null {
  return outcomes.find((outcome) => outcome.id === id) ?? null;
}

function isYes({ number }: DecisionQuestion, answer: string): boolean | undefined {
  if (!number) return answer === 'yes' || (answer === 'no' ? false : undefined);
  const value = Number(answer);
  return value > 0 && value < Infinity ? value < number.below : undefined;
}
