import type { Course } from '../../model/lesson/lesson.ts';
import type { Progress } from '../../model/progress/progress.ts';
import type { Block, ReportDocument } from '../document.ts';

export const LESSONS_FORMAT_VERSION = 1;

/** What `walk --list` yields. */
export interface LessonList {
  readonly formatVersion: typeof LESSONS_FORMAT_VERSION;
  readonly kind: 'lessons';
  readonly courses: readonly ListedCourse[];
}

export interface ListedCourse {
  readonly course: string;
  readonly title: string;
  readonly lessons: readonly ListedLesson[];
}

export interface ListedLesson {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly pagesSeen: number;
  readonly done: boolean;
  /** Whether the walk goes on here. */
  readonly here: boolean;
}

/** All lessons, and how far a learner has come in each. */
export function listedLessons(courses: readonly Course[], progress: Progress): LessonList {
  const listed = courses.map(({ name, title, lessons }) => ({
    course: name,
    title,
    lessons: lessons.map(({ id, number, title }) => ({
      id,
      number,
      title,
      pagesSeen: progress.lessons[id]?.seen.length ?? 0,
      done: progress.lessons[id]?.done ?? false,
      here: progress.at?.lesson === id,
    })),
  }));
  return { formatVersion: LESSONS_FORMAT_VERSION, kind: 'lessons', courses: listed };
}

/** A table for each course. */
export function lessonListDocument({ courses }: LessonList): ReportDocument {
  return courses.flatMap(({ course, title, lessons }): Block[] => [
    { kind: 'heading', text: `${title}: \`walk ${course}\`` },
    listedTable(lessons),
  ]);
}

function listedTable(lessons: readonly ListedLesson[]): Block {
  return {
    kind: 'table',
    name: 'lessons',
    columns: [{ title: 'lesson', align: 'right' }, { title: 'title' }, { title: 'progress' }],
    rows: lessons.map((lesson) => [String(lesson.number), lesson.title, stateOf(lesson)]),
    data: lessons.map(({ id, title, pagesSeen, done, here }) => ({ id, title, pagesSeen, done, here })),
  };
}

function stateOf({ done, pagesSeen, here }: ListedLesson): string {
  const pages = `${pagesSeen} page${pagesSeen === 1 ? '' : 's'} read`;
  const state = done ? 'done' : pagesSeen > 0 ? pages : 'not begun';
  return here ? `${state}, you are here` : state;
}
