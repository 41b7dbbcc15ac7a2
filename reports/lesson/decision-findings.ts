import type { Decision, DecisionOutcome } from '../../model/decision/decision.ts';
import { earlyEnds, idleQuestions, possibleOutcomes } from '../../model/decision/paths.ts';
import type { EarlyEnd } from '../../model/decision/paths.ts';
import { branchWords, inWords, quoted } from './decision-words.ts';

/** What a decision tree does without saying so: questions that decide nothing, and answers that end it before others are heard. */
export function decisionFindings(decision: Decision): string[] {
  return [
    ...idleQuestions(decision).map((question) => {
      const outcomes = possibleOutcomes(decision, question.yes.to);
      return `${quoted([question])} decides nothing: both answers lead to the same end, ${titlesOf(outcomes)}.`;
    }),
    ...earlyEnds(decision).map(
      (end) => `${quoted([end.question])} The answer “${branchWords(end.question, end.yes)}” ${endWords(end)}`,
    ),
  ];
}

/** `ends it with Services. Nobody asks “…” any more, although that leads to A monolith, too.` */
export function endWords({ outcome, unasked, against }: EarlyEnd): string {
  return `ends it with “${outcome.title}”. What is not asked any more: ${quoted(unasked)} From there, ${titlesOf(against, 'or')} is possible, too.`;
}

export function titlesOf(outcomes: readonly DecisionOutcome[], word = 'and'): string {
  return inWords(
    outcomes.map(({ title }) => `“${title}”`),
    word,
  );
}
