import { UsageError } from '../../api/usage-error.ts';
import { lessonListDocument, listedLessons } from '../../reports/lesson/lesson-list-document.ts';
import type { Place } from './move.ts';
import { print, tell } from './print.ts';
import type { Site } from './site.ts';

/** Lists all lessons and asks for one; null when the learner stays, or the input has ended. */
export async function chooseLesson(site: Site): Promise<Place | null> {
  const { keyboard, library, progress } = site;
  print(site, lessonListDocument(listedLessons(library.courses, progress.progress)));
  for (;;) {
    const asked = await keyboard.line('Which lesson, such as 2 or url-shortener 2? Enter stays here: ');
    if (asked === null || asked.trim() === '') return null;
    try {
      return { lesson: library.find(asked.trim().split(/\s+/)).id, page: 0 };
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      tell(site, error.help === '' ? error.message : `${error.message}; ${error.help}`);
    }
  }
}
