import type { Node } from '../document/source.ts';
import { readText } from './fill-text.ts';
import type { Question } from './lesson.ts';
import type { LessonContext } from './lesson-context.ts';
import { readFigure } from './read-figure.ts';
import type { Figure } from './read-figure.ts';

const KEYS = ['asks', 'hint', 'answer', 'guess'];

/** Reads a question with its hint and answer; `what` names it in problems. */
export function readQuestion(context: LessonContext, node: Node, what: string): Question | undefined {
  if (node === undefined) return undefined;
  const fields = context.source.fields(node, what, KEYS, ['asks', 'hint', 'answer']);
  const asks = readText(context, fields['asks'], '`asks`');
  const hint = readText(context, fields['hint'], '`hint`');
  const answer = readText(context, fields['answer'], '`answer`');
  const guess = readFigure(context, fields['guess'], '`guess`');
  if (!asks || !hint || !answer || (fields['guess'] && !guess)) return undefined;
  return { asks, hint, answer, guess: guess ? { value: guess.value, unit: unitToAskFor(guess) } : null };
}

/** The unit that the answer is shown in: of `5.347 GB/s` it is `GB/s`. */
function unitToAskFor({ unit, shown }: Figure): string {
  return unit?.symbol ?? /^\S+ (.+)$/.exec(shown)?.[1] ?? '';
}
