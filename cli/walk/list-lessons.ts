import { shippedCourses } from '../../api/lessons.ts';
import { listedLessons, lessonListDocument } from '../../reports/lesson/lesson-list-document.ts';
import type { Context } from '../context.ts';
import { EXIT } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { show } from '../show.ts';
import { ProgressFile } from './progress-file.ts';

/** `shop-plan walk --list` */
export async function listLessons({ terminal }: Context): Promise<ExitCode> {
  const { progress } = await ProgressFile.open(terminal.message);
  const list = listedLessons(shippedCourses(), progress);
  await show(terminal, { data: () => list, document: () => lessonListDocument(list) });
  return EXIT.ok;
}
