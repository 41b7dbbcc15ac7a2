import type { Course, Lesson } from '../../model/lesson/lesson.ts';
import type { StoredMeasurements } from '../../model/lesson/stored-measurement.ts';
import type { Plan } from '../../model/plan/plan.ts';
import type { ReportDocument } from '../document.ts';
import { documentMarkdown } from '../document-markdown.ts';
import { markdownText } from '../markdown-text.ts';
import { lessonPages } from './lesson-pages.ts';
import type { Page } from './lesson-pages.ts';

/** A course with what its lessons say. */
export interface TaughtCourse {
  readonly course: Pick<Course, 'name' | 'title'>;
  readonly lessons: readonly { readonly lesson: Lesson; readonly plan: Plan }[];
}

/**
 * Courses as one page of GitHub's Markdown: contents, then lesson after lesson with its diagrams as Mermaid; hints and answers are folded
 * away. The same lessons give the same bytes.
 */
export function coursesMarkdown(courses: readonly TaughtCourse[], measurements: StoredMeasurements): string {
  const parts = [
    '# The walkthrough',
    'Every number was computed from a plan or comes from a stored measurement. `shop-plan walk` goes through the same lessons page by page in a terminal and keeps how far you have come; `shop-plan walk --drill` asks you to estimate, with other numbers each time, and `shop-plan walk --whiteboard` practises the order and the time of a design on a whiteboard.',
    '## Contents',
    contents(courses),
    ...courses.flatMap((taught) => courseParts(taught, measurements)),
  ];
  return `${parts.map((part) => part.trimEnd()).join('\n\n')}\n`;
}

function contents(courses: readonly TaughtCourse[]): string {
  return courses
    .flatMap(({ course, lessons }) => [
      `- ${link(course.title, course.name)}`,
      ...lessons.map(({ lesson }) => `  - ${link(titleOf(lesson), anchorOf(lesson))}`),
    ])
    .join('\n');
}

function link(text: string, anchor: string): string {
  return `[${markdownText(text).replaceAll(/(?<!\\)[[\]]/g, String.raw`\$&`)}](#${anchor})`;
}

function titleOf({ number, title }: Lesson): string {
  return `${number}. ${title}`;
}

function anchorOf({ course, number }: Lesson): string {
  return `${course}-${number}`;
}

function anchor(name: string): string {
  return `<a id="${name}"></a>`;
}

function courseParts({ course, lessons }: TaughtCourse, measurements: StoredMeasurements): string[] {
  return [
    anchor(course.name),
    `## ${markdownText(course.title)}`,
    ...lessons.flatMap(({ lesson, plan }) => [
      anchor(anchorOf(lesson)),
      `### ${markdownText(titleOf(lesson))}`,
      ...lessonPages({ lesson, plan, measurements, medium: 'markdown' }).flatMap(pageParts),
    ]),
  ];
}

function pageParts({ title, document, asks }: Page): string[] {
  return [
    `#### ${markdownText(title)}`,
    documentMarkdown(document, 5),
    ...(asks ? [...folded('Hint', asks.hint), ...folded('Answer', asks.answer)] : []),
  ];
}

function folded(summary: string, document: ReportDocument): string[] {
  if (document.length === 0) return [];
  return [`<details><summary>${summary}</summary>\n\n${documentMarkdown(document, 5).trimEnd()}\n\n</details>`];
}
