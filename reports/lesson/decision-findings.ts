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

/** More questions than these are counted instead of being repeated. */
const NAMED_MAX = 2;

/** `ends it with “Services”. What is not asked any more: “In how many weeks?” From there, “A monolith” is possible, too.` */
export function endWords({ outcome, unasked, against }: EarlyEnd): string {
  const missed =
    unasked.length > NAMED_MAX
      ? `The ${unasked.length} questions behind it are not asked any more.`
      : `What is not asked any more: ${quoted(unasked)}`;
  return `ends it with “${outcome.title}”. ${missed} From there, ${titlesOf(against, 'or')} is possible, too.`;
}

export function titlesOf(outcomes: readonly DecisionOutcome[], word = 'and'): string {
  return inWords(
    outcomes.map(({ title }) => `“${title}”`),
    word,
  );
}
