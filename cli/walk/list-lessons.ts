import { shippedCourses } from '../../api/lessons.ts';
import type { ReportDocument } from '../../reports/document.ts';
import { listedLessons, lessonListDocument } from '../../reports/lesson/lesson-list-document.ts';
import { plainDocument } from '../../reports/plain-document.ts';
import type { Context } from '../context.ts';
import { EXIT } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { show } from '../show.ts';
import { ProgressFile } from './progress-file.ts';

export interface ListOptions {
  /** Sentences in place of tables. */
  readonly plain?: boolean;
}

/** `shop-plan walk --list` */
export async function listLessons({ terminal }: Context, { plain = false }: ListOptions): Promise<ExitCode> {
  const { progress } = await ProgressFile.open(terminal.message);
  const list = listedLessons(shippedCourses(), progress);
  const document = (): ReportDocument => (plain ? plainDocument(lessonListDocument(list)) : lessonListDocument(list));
  await show(terminal, { data: () => list, document });
  return EXIT.ok;
}
