import { NO_PROGRESS } from '../../model/progress/no-progress.ts';
import type { Progress } from '../../model/progress/progress.ts';
import { allLessons } from './library.ts';
import type { Library } from './library.ts';

/** Where a walk begins, by the page's id; null for the first page. */
export interface Start {
  readonly lesson: string;
  readonly page: string | null;
  /** A sentence where it is not the first page of the first lesson. */
  readonly says: string | null;
}

/**
 * Where a walk begins: at the lesson that is named; in a course that is named at the first lesson that is not done; otherwise
 * where the learner left.
 */
export function startOf(library: Library, words: readonly string[], progress: Progress): Start {
  const [name] = words;
  if (name === undefined) return continued(library, progress);
  const course = words.length === 1 ? library.courses.find((each) => each.name === name) : undefined;
  if (!course) return { lesson: library.find(words).id, page: null, says: null };
  const isIn = course.lessons.some(({ id }) => id === progress.at?.lesson);
  if (isIn) return continued(library, progress);
  const open = course.lessons.find(({ id }) => progress.lessons[id]?.done !== true) ?? course.lessons[0];
  if (!open) throw new Error(`course ${course.name} has no lessons`);
  return { lesson: open.id, page: null, says: null };
}

function continued(library: Library, { at }: Progress = NO_PROGRESS): Start {
  const all = allLessons(library);
  const [first] = all;
  if (!first) throw new Error('there are no lessons');
  if (at === null) return { lesson: first.id, page: null, says: null };
  const head = all.find(({ id }) => id === at.lesson);
  if (!head) return { lesson: first.id, page: null, says: `You were in ${at.lesson}, which is no lesson any more.` };
  return { lesson: head.id, page: at.page, says: `You left here last time; \`b\` goes back, \`l\` lists all lessons.` };
}
