import { describe, expect, it } from 'vitest';
import { loadLesson, loadMeasurements, shippedCourses } from '../../api/lessons.ts';
import { documentText } from '../../reports/document-text.ts';
import { lessonPages } from '../../reports/lesson/lesson-pages.ts';
import { PLAIN_80 } from '../../reports/style.ts';
import { textWidth } from '../../reports/text-width.ts';

const measurements = loadMeasurements();
const heads = shippedCourses().flatMap(({ lessons }) => lessons);
/** Lessons that cannot be read are said by a test of their own. */
const read = await Promise.all(heads.map(({ id }) => loadLesson(id).catch(() => undefined)));

const shown = read.flatMap((each) =>
  each ? [true, false].map((plain) => ({ id: each.lesson.id, plain, ...each })) : [],
);

describe('the pages of a lesson', () => {
  it.each(shown)('$id fit 80 columns, plain $plain, and leave no equation without its right side', (request) => {
    const pages = lessonPages({ ...request, measurements });
    const lines = pages.flatMap(({ document }) => documentText(document, PLAIN_80).split('\n'));
    expect(lines.filter((line) => textWidth(line) > 80)).toEqual([]);
    expect(lines.filter((line) => /^\s*=\s*$/.test(line))).toEqual([]);
  });
});
