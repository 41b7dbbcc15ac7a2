import type { DecisionQuestion } from '../../model/decision/decision.ts';
import type { DecisionAnswers } from '../../model/decision/follow.ts';
import { formatNumber } from '../../model/units/format.ts';
import { plural } from '../../model/units/plural.ts';

/** An answer as the tree takes it: `yes`, `below 10 engineers`, `10 engineers or more`. */
export function branchWords({ number }: DecisionQuestion, yes: boolean): string {
  if (!number) return yes ? 'yes' : 'no';
  return yes ? `below ${number.shown}` : `${number.shown} or more`;
}

/** An answer as it was given, and what the tree takes it for: `12 engineers, which is 10 engineers or more`. */
export function givenWords(question: DecisionQuestion, yes: boolean, answers: DecisionAnswers): string {
  const { number, id } = question;
  const value = Number(answers[id]);
  if (!number || !(value > 0)) return branchWords(question, yes);
  const amount = formatNumber(value);
  return `${amount} ${amount === '1' ? number.unit : plural(number.unit)}, which is ${branchWords(question, yes)}`;
}

/** With a capital letter first. */
export function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** `“In how many weeks?”` and others, in one sentence. */
export function quoted(questions: readonly DecisionQuestion[]): string {
  return inWords(questions.map(({ asks }) => `“${asks}”`));
}

/** `a`, `a or b`, `a, b or c`. */
export function inWords(parts: readonly string[], word = 'and'): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} ${word} ${last}`;
}
