import type { Course, Lesson, LessonHead, Question } from '../../model/lesson/lesson.ts';
import type { Plan } from '../../model/plan/plan.ts';
import type { ReportDocument } from '../../reports/document.ts';

/** The lessons that can be walked through; a lesson is read when it is opened. */
export interface Library {
  readonly courses: readonly Course[];
  /** @throws UsageError where no lesson, or more than one, is called so */
  readonly find: (words: readonly string[]) => LessonHead;
  readonly open: (id: string) => Promise<OpenLesson>;
}

export interface OpenLesson {
  readonly course: Course;
  readonly lesson: Lesson;
  readonly plan: Plan;
  /** Never empty; the last one says that the lesson is done. */
  readonly pages: readonly LessonPage[];
}

/** As much as fits a glance. */
export interface LessonPage {
  /** What progress calls it; the same in every lesson. */
  readonly id: string;
  readonly title: string;
  readonly document: ReportDocument;
  /** The question that stands open on it. */
  readonly asks: { readonly question: Question; readonly hint: ReportDocument; readonly answer: ReportDocument } | null;
  /** Its diagram for Mermaid; null where it has none. */
  readonly mermaid: string | null;
}

/** All lessons in the order in which they are walked through. */
export function allLessons({ courses }: Library): readonly LessonHead[] {
  return courses.flatMap(({ lessons }) => lessons);
}

/** Ids of the lessons that words on the command line stand for: one, those of a course, or all. */
export function lessonsNamed(library: Library, words: readonly string[]): readonly string[] {
  const [name] = words;
  if (name === undefined) return allLessons(library).map(({ id }) => id);
  const course = words.length === 1 ? library.courses.find((each) => each.name === name) : undefined;
  return course ? course.lessons.map(({ id }) => id) : [library.find(words).id];
}
