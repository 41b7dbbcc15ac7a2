import { loadLesson, loadMeasurements } from '../../api/lessons.ts';
import { coursesMarkdown } from '../../reports/lesson/courses-markdown.ts';
import type { TaughtCourse } from '../../reports/lesson/courses-markdown.ts';
import type { Context } from '../context.ts';
import { EXIT } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { lessonsNamed } from './library.ts';
import { shippedLibrary } from './shipped-library.ts';

/** `shop-plan walk --print`: lessons as Markdown, the same for everybody, whatever the terminal and the progress. */
export async function printLessons({ terminal }: Context, words: readonly string[]): Promise<ExitCode> {
  const library = shippedLibrary();
  const wanted = lessonsNamed(library, words);
  const taught: TaughtCourse[] = [];
  for (const course of library.courses) {
    const ids = course.lessons.map(({ id }) => id).filter((id) => wanted.includes(id));
    if (ids.length > 0) taught.push({ course, lessons: await Promise.all(ids.map(loadLesson)) });
  }
  terminal.out(coursesMarkdown(taught, loadMeasurements()));
  return EXIT.ok;
}
