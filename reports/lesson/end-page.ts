import type { Course, Lesson, LessonHead } from '../../model/lesson/lesson.ts';
import type { Block, ReportDocument } from '../document.ts';
import { answeredBlocks } from './text-blocks.ts';

export interface EndedLesson {
  readonly lesson: Lesson;
  readonly course: Course;
  /** The lesson behind it, maybe of another course; null behind the last of all. */
  readonly next: LessonHead | null;
}

interface EndPage {
  readonly id: 'end';
  readonly title: string;
  readonly document: ReportDocument;
  readonly asks: null;
  readonly mermaid: null;
}

/** The answer to the last question, that the lesson is done, and what comes next. */
export function endPage({ lesson, course, next }: EndedLesson): EndPage {
  const done = `That was lesson ${lesson.number} of ${course.lessons.length} of ${course.title}.`;
  return {
    id: 'end',
    title: 'Done',
    document: [
      ...answeredBlocks(lesson.next),
      { kind: 'heading', text: 'Where to go from here' },
      { kind: 'paragraph', text: `${done} ${next === null ? '' : nextSentence(next, course)}`.trim() },
      ...(next?.course === course.name ? [] : [practice(course)]),
    ],
    asks: null,
    mermaid: null,
  };
}

function nextSentence(next: LessonHead, course: Course): string {
  if (next.course === course.name) return `Press n for lesson ${next.number}: ${next.title}.`;
  return `It was the last one; press n for the first lesson of \`${next.course}\`: ${next.title}.`;
}

function practice({ title }: Course): Block {
  const drill = '`shop-plan walk --drill` asks you such questions with other numbers';
  const text = `You have been through all of ${title}. ${drill}, and \`shop-plan walk --whiteboard\` gives you a whiteboard's order and a clock.`;
  return { kind: 'paragraph', text };
}
