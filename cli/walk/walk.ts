import { withPage } from '../../model/progress/with-page.ts';
import type { Block } from '../../reports/document.ts';
import { act } from './act.ts';
import { chooseLesson } from './choose-lesson.ts';
import { beginsNumber } from './key-name.ts';
import { actionFor, notOffered, offeredOn, promptFor } from './keys.ts';
import { allLessons } from './library.ts';
import { move } from './move.ts';
import type { Place } from './move.ts';
import { print, tell } from './print.ts';
import type { Site } from './site.ts';
import type { Start } from './start.ts';
import { factsOf, viewOf } from './view.ts';
import type { View } from './view.ts';

/** Shows one page after the other, as the learner's keys say, until the learner quits or the input ends. */
export async function walk(site: Site, start: Start): Promise<void> {
  let view = await firstView(site, start);
  for (;;) {
    show(site, view);
    const opened = { lesson: view.place.lesson, page: view.page.id, isLast: isRead(view) };
    await site.progress.keep((progress) => withPage(progress, opened));
    const to = await nextPlace(site, view);
    if (to === null) return;
    view = await viewAt(site, to);
  }
}

async function firstView(site: Site, { lesson, page, says }: Start): Promise<View> {
  if (says !== null) tell(site, says);
  const first = await viewAt(site, { lesson, page: 0 });
  const at = first.open.pages.findIndex(({ id }) => id === page);
  return at > 0 ? viewAt(site, { lesson, page: at }) : first;
}

async function viewAt({ library }: Site, { lesson, page }: Place): Promise<View> {
  const lessons = allLessons(library).map(({ id }) => id);
  return viewOf(await library.open(lesson), page, lessons);
}

function show(site: Site, { open, page, place }: View): void {
  const { course, lesson, pages } = open;
  const title = heading(`${course.title}, lesson ${lesson.number}: ${lesson.title}`);
  const where = heading(`Page ${place.page + 1} of ${pages.length}: ${page.title}`);
  print(site, [...(place.page === 0 ? [title] : []), where, ...page.document]);
}

function heading(text: string): Block {
  return { kind: 'heading', text };
}

/** Whether nothing to be learnt is left behind this page: only the one that says so. */
function isRead({ place, open }: View): boolean {
  return place.page >= open.pages.length - 2;
}

/** Asks for keys until one leads to another page; null when the walk is over. */
async function nextPlace(site: Site, view: View): Promise<Place | null> {
  const offered = offeredOn(factsOf(view));
  for (;;) {
    const key = await site.keyboard.key(promptFor(offered));
    const action = key === null ? 'quit' : actionFor(key, offered);
    switch (action) {
      case 'quit':
        return null;
      case 'next':
      case 'back':
        return move(view.place, action, view.around);
      case 'list': {
        const chosen = await chooseLesson(site);
        if (chosen) return chosen;
        break;
      }
      case undefined:
        if (key !== null && beginsNumber(key) && takesNumber(view)) await act('answer', site, view, key);
        else tell(site, notOffered(key ?? '', offered));
        break;
      default:
        await act(action, site, view);
    }
  }
}

/** Whoever types a number where one is asked for answers. */
function takesNumber(view: View): boolean {
  return factsOf(view).guesses;
}
