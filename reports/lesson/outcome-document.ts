import type { Decision, DecisionOutcome } from '../../model/decision/decision.ts';
import { answersOf, documentsAnswer, follow } from '../../model/decision/follow.ts';
import type { DecisionAnswers, DecisionStep, Followed } from '../../model/decision/follow.ts';
import { earlyEnds, turnsOf } from '../../model/decision/paths.ts';
import type { Turn } from '../../model/decision/paths.ts';
import type { Block, ReportDocument } from '../document.ts';
import { endWords, titlesOf } from './decision-findings.ts';
import { branchWords, capital, givenWords, quoted } from './decision-words.ts';

/**
 * What a learner's answers lead to: the outcome, the way there, where the documents' own project parts from it, and what another answer would
 * have changed. Empty while questions are open.
 */
export function outcomeDocument(decision: Decision, answers: DecisionAnswers): ReportDocument {
  const own = follow(decision, answersOf(answers));
  const { outcome } = own;
  if (!outcome) return [];
  return [
    { kind: 'heading', text: `Your outcome: ${outcome.title}` },
    { kind: 'paragraph', text: outcome.text },
    { kind: 'heading', text: 'How you came there' },
    ...own.steps.map((step): Block => wayItem(step, answers)),
    ...documentsBlocks(decision, own.steps, outcome),
    { kind: 'heading', text: 'What would have changed it' },
    { kind: 'list', entries: turnSentences(decision, own.steps, answers, outcome) },
    ...lastWord(decision, own.steps),
  ];
}

function paragraph(text: string): Block {
  return { kind: 'paragraph', text };
}

function wayItem({ question, yes, branch }: DecisionStep, answers: DecisionAnswers): Block {
  return {
    kind: 'item',
    title: `${question.asks} ${capital(givenWords(question, yes, answers))}.`,
    lines: [branch.because],
  };
}

function documentsBlocks(decision: Decision, own: readonly DecisionStep[], outcome: DecisionOutcome): Block[] {
  const theirs = follow(decision, documentsAnswer);
  if (theirs.steps.length === 0) return [];
  const text = partingSentence(own, theirs);
  const end = theirs.outcome ? `It ends with “${theirs.outcome.title}”` : '';
  const same = theirs.outcome === outcome ? ', as yours does' : '';
  const open = theirs.next ? `Then they do not say: ${quoted([theirs.next])}` : '';
  return [
    { kind: 'heading', text: "Beside the documents' own project" },
    paragraph([text, end === '' ? open : `${end}${same}.`].join(' ')),
  ];
}

/** Where the two ways part. */
function partingSentence(own: readonly DecisionStep[], { steps }: Followed): string {
  const at = steps.find((step, index) => own[index]?.question === step.question && own[index].yes !== step.yes);
  if (!at) return 'Its answers lead the same way as yours.';
  return `You part at ${quoted([at.question])} There it is: ${at.question.documents?.shown ?? branchWords(at.question, at.yes)}.`;
}

function turnSentences(
  decision: Decision,
  steps: readonly DecisionStep[],
  answers: DecisionAnswers,
  outcome: DecisionOutcome,
): string[] {
  return turnsOf(decision, steps, answersOf(answers)).map((turn) => turnSentence(turn, outcome));
}

function turnSentence({ step: { question, yes }, outcomes }: Turn, outcome: DecisionOutcome): string {
  const other = `${quoted([question])} With the answer “${branchWords(question, !yes)}”`;
  const others = outcomes.filter((each) => each !== outcome);
  if (others.length === 0) return `${other} the outcome would be the same.`;
  if (outcomes.length === 1) return `${other} it would be ${titlesOf(others)}.`;
  return `${other} it could be ${titlesOf(others, 'or')}, depending on questions that you were not asked.`;
}

/** What the last answer kept from being asked. */
function lastWord(decision: Decision, steps: readonly DecisionStep[]): Block[] {
  const last = steps.at(-1);
  const end = earlyEnds(decision).find(({ question, yes }) => question === last?.question && yes === last.yes);
  return end ? [paragraph(`Your last answer ${endWords(end)}`)] : [];
}
