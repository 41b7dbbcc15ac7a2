import { existsSync, readFileSync, readdirSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import { join } from 'node:path';
import { InvalidInput } from '../model/document/diagnostic.ts';
import { nearest } from '../model/document/nearest.ts';
import type { Course, Lesson, LessonHead } from '../model/lesson/lesson.ts';
import { codeName } from '../model/lesson/lesson-values.ts';
import { lessonPlace } from '../model/lesson/lesson-place.ts';
import { readCourse } from '../model/lesson/read-course.ts';
import { readLesson } from '../model/lesson/read-lesson.ts';
import { readMeasurements } from '../model/lesson/stored-readings.ts';
import type { StoredMeasurements } from '../model/lesson/stored-measurement.ts';
import type { Plan } from '../model/plan/plan.ts';
import { DEFAULT_PLAN, fileReason, loadPlan, ROOT } from './files.ts';
import { UsageError } from './usage-error.ts';

const FOLDER = 'lessons';

/**
 * The courses in lessons/, in the order in which they are walked through, with the heads of their lessons. Plans are not read.
 * @throws UsageError for a folder without course.yaml; InvalidInput for one with mistakes.
 */
export function shippedCourses(): readonly Course[] {
  courses ??= readCourses();
  return courses;
}

/** Once read, as they come with the program and do not change under it. */
let courses: readonly Course[] | undefined;

function readCourses(): Course[] {
  const folders = readdirSync(join(ROOT, FOLDER), { withFileTypes: true }).filter(isCourseFolder);
  return folders
    .map(({ name }) => headOf(name))
    .toSorted((a, b) => (a.place ?? Infinity) - (b.place ?? Infinity) || a.name.localeCompare(b.name))
    .map(({ name, title }) => ({ name, title, lessons: lessonsOf(name) }));
}

/** Drills are no lessons. */
function isCourseFolder(entry: Dirent): boolean {
  return entry.isDirectory() && existsSync(join(ROOT, FOLDER, entry.name, 'course.yaml'));
}

function headOf(folder: string): ReturnType<typeof readCourse> {
  const path = `${FOLDER}/${folder}/course.yaml`;
  return readCourse(path, textAt(path), folder);
}

function lessonsOf(course: string): LessonHead[] {
  return readdirSync(join(ROOT, FOLDER, course))
    .flatMap((file): LessonHead[] => {
      const path = `${FOLDER}/${course}/${file}`;
      const place = lessonPlace(path);
      return place ? [{ ...place, path, title: stated('lesson', textAt(path)) ?? file }] : [];
    })
    .toSorted((a, b) => a.number - b.number);
}

/** A value on the first level of a lesson, without reading the rest of it; undefined for one that is written otherwise. */
function stated(key: 'lesson' | 'plan', text: string): string | undefined {
  const [, quote = '', value] =
    new RegExp(`^${key}:[ \\t]*(["']?)(.*?)\\1(?:[ \\t]+#.*)?[ \\t]*$`, 'm').exec(text) ?? [];
  return quote === "'" ? value?.replaceAll("''", "'") : value;
}

function textAt(path: string): string {
  try {
    return readFileSync(join(ROOT, path), 'utf8');
  } catch (error) {
    throw new UsageError(
      `cannot read ${path}: ${fileReason(error)}`,
      'docs/lesson-language.md says what belongs where',
    );
  }
}

/**
 * The lesson that is meant by `2` (of the first course), `url-shortener` (its first), `url-shortener 2` or `amazon-shop/2`; the very first
 * without a word.
 * @throws UsageError that names the nearest, or all there are.
 */
export function findLesson(words: readonly string[]): LessonHead {
  const courses = shippedCourses();
  const parts = words.flatMap((word) => word.split(/[/\s]+/)).filter((part) => part !== '');
  const isCourse = parts[0] !== undefined && !/^\d+$/.test(parts[0]);
  const course = isCourse ? courseNamed(parts[0] ?? '', courses) : courses[0];
  const [wanted, ...rest] = isCourse ? parts.slice(1) : parts;
  const found = course?.lessons.find(({ number }, index) =>
    wanted === undefined ? index === 0 : String(number) === wanted,
  );
  if (found && rest.length === 0) return found;
  const asked = words.join(' ');
  throw new UsageError(
    `no lesson is called \`${asked}\``,
    course ? helpFor(isCourse ? [course] : courses) : `there are no courses in ${FOLDER}/`,
  );
}

function courseNamed(name: string, courses: readonly Course[]): Course {
  const found = courses.find((course) => course.name === name);
  if (found) return found;
  const known = courses.map((course) => course.name);
  const near = nearest(name, known);
  throw new UsageError(
    `no course is called \`${name}\``,
    near ? `did you mean \`${near}\`?` : `courses: ${known.join(', ')}`,
  );
}

/** `lessons: amazon-shop 1, 2, 3; url-shortener 1, 2`, as they are typed. */
function helpFor(courses: readonly Course[]): string {
  const [first] = courses;
  if (courses.length === 1 && first?.lessons.length === 0) return `\`${first.name}\` has no lessons yet`;
  const lessons = courses.map(({ name, lessons }) => `${name} ${lessons.map(({ number }) => number).join(', ')}`);
  return `lessons: ${lessons.join('; ')}`;
}

export interface Taught {
  readonly lesson: Lesson;
  /** With the claims that the lesson names. */
  readonly plan: Plan;
}

/**
 * Reads a lesson by its id, and the plan that it is about.
 * @throws UsageError for an id that there is not; InvalidInput for a lesson or plan with mistakes.
 */
export async function loadLesson(id: string): Promise<Taught> {
  const head = findLesson([id]);
  const text = textAt(head.path);
  const name = stated('plan', text) ?? DEFAULT_PLAN;
  const lessons = lessonsOf(head.course).map(({ number }) => number);
  const read = (plan: Plan): Taught => ({
    lesson: readLesson(head.path, text, { plan, measurements: loadMeasurements(), lessons }),
    plan,
  });
  try {
    return read(await loadPlan(name, { claims: namedIn(text) }));
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    // Once more with all claims: a wrong name shall meet the nearest there is.
    return read(await loadPlan(name));
  }
}

/** Whether a claim is named in a text, with `_` in place of `-` or as it is; the others are not worth the time that reading them takes. */
function namedIn(text: string): (claim: string) => boolean {
  const names = codeName(text);
  return (claim) => names.includes(codeName(claim));
}

/** What claims were measured and simulated to be; `bench/measurements.ts` writes the file. */
export function loadMeasurements(): StoredMeasurements {
  return readMeasurements(textAt(`${FOLDER}/measurements.json`));
}
