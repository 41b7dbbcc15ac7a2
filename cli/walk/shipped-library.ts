import { findLesson, loadLesson, loadMeasurements, shippedCourses } from '../../api/lessons.ts';
import { endPage } from '../../reports/lesson/end-page.ts';
import { lessonPages } from '../../reports/lesson/lesson-pages.ts';
import { allLessons } from './library.ts';
import type { Library, OpenLesson } from './library.ts';

/** The lessons in lessons/; each is read once. With `plain` they have sentences in place of drawings and tables. */
export function shippedLibrary(plain = false): Library {
  const courses = shippedCourses();
  const opened = new Map<string, OpenLesson>();
  const library: Library = {
    courses,
    find: findLesson,
    open: async (id) => {
      const open = opened.get(id) ?? (await openLesson(id, library, plain));
      opened.set(id, open);
      return open;
    },
  };
  return library;
}

async function openLesson(id: string, library: Library, plain: boolean): Promise<OpenLesson> {
  const { lesson, plan } = await loadLesson(id);
  const course = library.courses.find(({ name }) => name === lesson.course);
  if (!course) throw new Error(`lesson ${id} is in no course`);
  const all = allLessons(library);
  const next = all[all.findIndex((each) => each.id === id) + 1] ?? null;
  const pages = lessonPages({ lesson, plan, measurements: loadMeasurements(), plain });
  return { course, lesson, plan, pages: [...pages, endPage({ lesson, course, next })] };
}
