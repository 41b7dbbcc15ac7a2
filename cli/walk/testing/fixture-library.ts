import { UsageError } from '../../../api/usage-error.ts';
import type { Course, Lesson, LessonHead, Question } from '../../../model/lesson/lesson.ts';
import { readPlan } from '../../../model/plan/read-plan.ts';
import type { Block } from '../../../reports/document.ts';
import type { Library, LessonPage, OpenLesson } from '../library.ts';

const PLAN = readPlan('plans/small.yaml', 'plan: small\nassume:\n  users: 10M users\n');
const PAGE_IDS = ['have', 'breaks', 'next', 'end'] as const;

function question(asks: string): Question {
  return { asks, hint: `Think of ${asks}`, answer: `${asks} is answered`, guess: null };
}

function head(course: string, number: number): LessonHead {
  const path = `lessons/${course}/${number}-lesson.yaml`;
  return { id: `${course}/${number}`, course, number, title: `Lesson ${number} of ${course}`, path };
}

function lessonOf(of: LessonHead): Lesson {
  const texts = { have: 'text', breaks: 'text', adds: 'text', costs: 'text', means: '', say: 'text' };
  const lists = { arithmetic: [], measured: [], tradeoffs: [], goals: [], commands: [], links: [] };
  const guess = of.number === 2 ? { value: 6_944, unit: 'req/s' } : null;
  const asked = { question: { ...question('the question'), guess }, next: question('the next question') };
  return {
    ...of,
    ...texts,
    ...lists,
    ...asked,
    plan: of.course,
    before: null,
    step: 1,
    experiment: null,
    decision: null,
  };
}

function courseOf(name: string, lessons: number): Course {
  const heads = Array.from({ length: lessons }, (_, index) => head(name, index + 1));
  return { name, title: `The ${name}`, lessons: heads };
}

const COURSES = [courseOf('amazon-shop', 2), courseOf('url-shortener', 1)];

/** Two courses of two lessons and one, each of four pages; second lessons ask for a number. */
export const FIXTURE_LIBRARY: Library = { courses: COURSES, find, open };

function find(words: readonly string[]): LessonHead {
  const asked = words.join('/');
  const id = /^\d+$/.test(asked) ? `amazon-shop/${asked}` : asked;
  const found = COURSES.flatMap(({ lessons }) => lessons).find((each) => each.id === id);
  if (!found) throw new UsageError(`no lesson is called \`${asked}\``, 'write 1 or 2');
  return found;
}

function open(id: string): Promise<OpenLesson> {
  const of = find([id]);
  const course = COURSES.find(({ name }) => name === of.course);
  if (!course) throw new Error(`no course ${of.course}`);
  const lesson = lessonOf(of);
  const pages = PAGE_IDS.map((page) => pageOf(page, lesson));
  return Promise.resolve({ course, lesson, plan: PLAN, pages });
}

function pageOf(id: (typeof PAGE_IDS)[number], lesson: Lesson): LessonPage {
  const asked = { have: lesson.question, next: lesson.next, breaks: null, end: null }[id];
  return {
    id,
    title: `page ${id}`,
    document: [text(`${id} of ${lesson.id}`)],
    asks: asked && { question: asked, hint: [text(asked.hint)], answer: [text(asked.answer)] },
    mermaid: id === 'have' ? 'flowchart TB' : null,
  };
}

function text(says: string): Block {
  return { kind: 'paragraph', text: says };
}
