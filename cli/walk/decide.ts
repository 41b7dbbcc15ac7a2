import { isUnderstood } from '../../model/answer/answer.ts';
import { readAnswer } from '../../model/answer/read-answer.ts';
import { readYesNo } from '../../model/answer/read-yes-no.ts';
import type { Decision, DecisionQuestion, NumberAsked } from '../../model/decision/decision.ts';
import { answersOf, follow } from '../../model/decision/follow.ts';
import type { DecisionAnswers } from '../../model/decision/follow.ts';
import { withoutNoise } from '../../model/estimate/display-unit.ts';
import { baseUnitSymbol } from '../../model/units/dimension.ts';
import type { UnitTable } from '../../model/units/unit.ts';
import { documentText } from '../../reports/document-text.ts';
import { outcomeDocument } from '../../reports/lesson/outcome-document.ts';
import { wrap } from '../../reports/text-width.ts';
import type { Terminal } from '../terminal.ts';
import type { Keyboard } from './keyboard.ts';

export interface DecideRequest {
  readonly terminal: Pick<Terminal, 'out' | 'style' | 'width'>;
  readonly keyboard: Pick<Keyboard, 'line'>;
  readonly decision: Decision;
  /** Kept from before: the questions go on behind them. */
  readonly answers: DecisionAnswers;
  /** Of the plan, for answers that are numbers. */
  readonly units: UnitTable;
  /** Gets all answers behind each new one, so that a closed terminal loses none. */
  readonly keep: (answers: DecisionAnswers) => Promise<void>;
}

/** Runs a decision tree on a learner's own answers, one question at a time, and shows what comes out. */
export async function decide(request: DecideRequest): Promise<void> {
  const begun = await answersToBeginWith(request);
  if (begun === null) return;
  let answers = begun;
  for (;;) {
    const { steps, next } = follow(request.decision, answersOf(answers));
    if (!next) break;
    request.terminal.out('\n');
    say(request, `Question ${steps.length + 1}: ${next.asks}`);
    const answer = await ask(request, next);
    if (answer === null) {
      if (answers !== begun) say(request, 'Your answers so far are kept; next time the questions go on behind them.');
      return;
    }
    answers = { ...answers, [next.id]: answer };
    await request.keep(answers);
    const given = follow(request.decision, answersOf(answers)).steps.at(-1);
    if (given) say(request, given.branch.because);
  }
  showOutcome(request, answers);
}

/** What was decided before is shown, and asked again only if that is wanted; null when it is not. */
async function answersToBeginWith(request: DecideRequest): Promise<DecisionAnswers | null> {
  const { steps, outcome } = follow(request.decision, answersOf(request.answers));
  if (outcome) {
    showOutcome(request, request.answers);
    return (await wantsToBeginAgain(request)) ? {} : null;
  }
  if (steps.length > 0)
    say(
      request,
      `Going on behind the ${steps.length === 1 ? 'answer' : `${steps.length} answers`} that you gave before.`,
    );
  return request.answers;
}

async function wantsToBeginAgain(request: DecideRequest): Promise<boolean> {
  for (;;) {
    const line = await request.keyboard.line('These are your answers from before. Begin again? (yes or no): ');
    if (line === null || isLeaving(line)) return false;
    const again = readYesNo(line);
    if (again !== undefined) return again;
    say(request, 'That was neither: `y` begins again, and your new answers replace the old ones; `n` keeps them.');
  }
}

function isLeaving(line: string): boolean {
  return ['q', 'quit'].includes(line.trim().toLowerCase());
}

/** One answer as it is kept; null when the learner leaves or the input ends. */
async function ask(request: DecideRequest, question: DecisionQuestion): Promise<string | null> {
  for (;;) {
    const line = await request.keyboard.line(`${wanted(question)} (h hint, q leave): `);
    if (line === null || isLeaving(line)) return null;
    const word = line.trim().toLowerCase();
    if (word === 'h' || word === 'hint') say(request, question.hint);
    else {
      const read = readReply(request, question, line);
      if ('answer' in read) return read.answer;
      say(request, read.asksBack);
    }
  }
}

function wanted({ number }: DecisionQuestion): string {
  return number ? `a number of ${number.unit}s` : 'yes or no';
}

type Reply = { readonly answer: string } | { readonly asksBack: string };

function readReply({ units }: DecideRequest, { number }: DecisionQuestion, line: string): Reply {
  if (number) return readNumber(number, units, line);
  const yes = readYesNo(line);
  if (yes !== undefined) return { answer: yes ? 'yes' : 'no' };
  const what = line.trim() === '' ? 'Take your time' : 'That was neither';
  return { asksBack: `${what}: \`y\` for yes, \`n\` for no, \`h\` for a hint.` };
}

/** Whoever is asked for engineers may well say people. */
const PEOPLE = /\b(?:people|persons?|colleagues?|developers?|devs?|programmers?)\b/i;

function readNumber({ unit: symbol }: NumberAsked, units: UnitTable, line: string): Reply {
  if (line.trim() === '') return { asksBack: `Take your time: a guess is enough, or \`h\` for a hint.` };
  const unit = units.parse(symbol);
  if ('unknown' in unit) throw new Error(`the decision asks for \`${symbol}\`, which the plan does not count`);
  const isCounted = baseUnitSymbol(unit.dimension) === symbol;
  const answer = readAnswer(isCounted ? line.replace(PEOPLE, symbol) : line, {
    dimension: unit.dimension,
    unit: symbol,
    units,
  });
  return isUnderstood(answer)
    ? { answer: String(withoutNoise(answer.value / unit.factor)) }
    : { asksBack: answer.asksBack };
}

function showOutcome({ terminal, decision }: DecideRequest, answers: DecisionAnswers): void {
  terminal.out(`\n${documentText(outcomeDocument(decision, answers), terminal)}\n`);
}

function say({ terminal }: DecideRequest, text: string): void {
  terminal.out(`${wrap(text, terminal.width).join('\n')}\n`);
}
