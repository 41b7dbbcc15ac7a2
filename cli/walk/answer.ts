import type { UnitTable } from '../../model/units/unit.ts';
import { guess } from './guess.ts';
import type { LessonPage } from './library.ts';
import { print } from './print.ts';
import type { View } from './view.ts';
import type { Site } from './site.ts';

/** Takes the learner's answer to what a page asks: a number, or none, after which the answer is told. */
export async function answer(site: Site, { page, open }: View): Promise<void> {
  if (page.asks) return answerQuestion(site, page.asks, open.plan.units);
}

async function answerQuestion(site: Site, asks: NonNullable<LessonPage['asks']>, units: UnitTable): Promise<void> {
  const { keyboard, terminal } = site;
  if (!asks.question.guess) return print(site, asks.answer);
  const says = await guess(keyboard, asks.question.guess, units, terminal.message);
  if (says !== null) print(site, [{ kind: 'paragraph', text: says }, ...asks.answer]);
}
