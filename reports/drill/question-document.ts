import type { AskedQuestion } from '../../model/drill/ask-question.ts';
import type { Judgement } from '../../model/drill/judge-answer.ts';
import type { ReportDocument } from '../document.ts';
import { arithmeticBlock } from '../lesson/arithmetic.ts';
import { textBlocks } from '../lesson/text-blocks.ts';

/** Where a question stands in its drill. */
export interface QuestionPlace {
  readonly number: number;
  readonly of: number;
  /** Title of its topic. */
  readonly topic: string;
}

export function questionDocument({ asks }: AskedQuestion, { number, of, topic }: QuestionPlace): ReportDocument {
  return [{ kind: 'heading', text: `Question ${number} of ${of}: ${topic}` }, ...textBlocks(asks)];
}

export function hintDocument({ hint }: AskedQuestion): ReportDocument {
  return textBlocks(hint);
}

/** An answer as it was understood, and how near it is. */
export interface JudgedAnswer {
  readonly shown: string;
  readonly judgement: Judgement;
}

/** The verdict in words, the truth, where it comes from, and what to remember; `given` is null for a question that was skipped. */
export function verdictDocument(asked: AskedQuestion, given: JudgedAnswer | null): ReportDocument {
  const { plan, quantity } = asked.derivation;
  const says = given ? `${given.judgement.says} You said ${given.shown}.` : 'Skipped.';
  const back = given?.judgement.right ? '' : ` \`shop-plan walk ${asked.lesson}\` leads back to the lesson about it.`;
  const tone = given?.judgement.right ? 'good' : 'warn';
  return [
    { kind: 'paragraph', text: says, tone },
    { kind: 'paragraph', text: `It is ${asked.shown}.${back}` },
    arithmeticBlock(plan, [quantity]),
    ...textBlocks(asked.means),
  ];
}
