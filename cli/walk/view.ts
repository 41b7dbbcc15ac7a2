import type { PageFacts } from './keys.ts';
import type { LessonPage, OpenLesson } from './library.ts';
import { move } from './move.ts';
import type { Around, Place } from './move.ts';

/** An open lesson, and the page of it that is shown. */
export interface View {
  readonly open: OpenLesson;
  readonly page: LessonPage;
  readonly place: Place;
  readonly around: Around;
}

export function viewOf(open: OpenLesson, asked: number, lessons: readonly string[]): View {
  const last = open.pages.length - 1;
  const page = open.pages[Math.min(asked, last)];
  if (!page) throw new Error(`lesson ${open.lesson.id} has no pages`);
  const place = { lesson: open.lesson.id, page: Math.min(asked, last) };
  return { open, page, place, around: { lessons, pages: open.pages.length } };
}

export function factsOf({ open, page, place, around }: View): PageFacts {
  return {
    hasNext: move(place, 'next', around) !== null,
    hasBack: place.page > 0,
    asks: page.asks !== null,
    guesses: page.asks !== null && page.asks.question.guess !== null,
    decides: page.id === 'decide' && open.lesson.decision !== null,
    hasExperiment: open.lesson.experiment !== null,
    hasDiagram: page.mermaid !== null,
  };
}
