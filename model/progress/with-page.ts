import type { LessonProgress, Progress } from './progress.ts';

export interface OpenedPage {
  readonly lesson: string;
  readonly page: string;
  /** Whether there is nothing to read behind it. */
  readonly isLast: boolean;
}

const UNREAD: LessonProgress = { seen: [], done: false };

/** Progress after a page was opened: it is where the walk goes on, and a lesson stays done once it was. */
export function withPage(progress: Progress, { lesson, page, isLast }: OpenedPage): Progress {
  const { seen, done } = progress.lessons[lesson] ?? UNREAD;
  const read: LessonProgress = { seen: seen.includes(page) ? seen : [...seen, page], done: done || isLast };
  return { ...progress, at: { lesson, page }, lessons: { ...progress.lessons, [lesson]: read } };
}

/** Progress as if the lessons had never been opened; what was drilled and decided stays. */
export function withoutLessons(progress: Progress, lessons: readonly string[]): Progress {
  const kept = Object.entries(progress.lessons).filter(([id]) => !lessons.includes(id));
  const isForgotten = progress.at !== null && lessons.includes(progress.at.lesson);
  return { ...progress, at: isForgotten ? null : progress.at, lessons: Object.fromEntries(kept) };
}
