import type { Decision } from '../../model/decision/decision.ts';
import type { DecisionAnswers } from '../../model/decision/follow.ts';
import type { UnitTable } from '../../model/units/unit.ts';
import { guess } from './guess.ts';
import type { LessonPage } from './library.ts';
import { print, tell } from './print.ts';
import type { View } from './view.ts';
import type { Site } from './site.ts';

/**
 * Takes the learner's answer to what a page asks: a number, the answers of a decision, or none, after which the answer is told. `begun` is
 * what was typed of a number already.
 */
export async function answer(site: Site, { page, open }: View, begun?: string): Promise<void> {
  const { decision, id } = open.lesson;
  if (page.asks) return answerQuestion(site, page.asks, open.plan.units, begun);
  if (decision) return answerDecision(site, id, decision, open.plan.units);
}

async function answerQuestion(
  site: Site,
  asks: NonNullable<LessonPage['asks']>,
  units: UnitTable,
  begun?: string,
): Promise<void> {
  const { keyboard } = site;
  if (!asks.question.guess) return print(site, asks.answer);
  const askBack = (question: string): void => tell(site, question);
  const says = await guess(keyboard, asks.question.guess, { units, askBack, ...(begun !== undefined && { begun }) });
  if (says !== null) print(site, [{ kind: 'paragraph', text: says }, ...asks.answer]);
}

async function answerDecision(site: Site, lesson: string, decision: Decision, units: UnitTable): Promise<void> {
  const { decide } = await import('./decide.ts');
  const { keyboard, progress, width } = site;
  const terminal = { ...site.terminal, width };
  const answers = progress.progress.decisions[lesson] ?? {};
  const keep = (given: DecisionAnswers): Promise<void> =>
    progress.keep((kept) => ({ ...kept, decisions: { ...kept.decisions, [lesson]: given } }));
  await decide({ terminal, keyboard, decision, answers, units, keep });
}
