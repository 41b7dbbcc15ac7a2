import { describe, expect, it } from 'vitest';
import { loadLesson, loadMeasurements, shippedCourses } from '../../api/lessons.ts';
import { documentText } from '../../reports/document-text.ts';
import { coursesMarkdown } from '../../reports/lesson/courses-markdown.ts';
import { lessonPages } from '../../reports/lesson/lesson-pages.ts';
import { PLAIN_80 } from '../../reports/style.ts';
import { readFlowchart } from '../../reports/testing/flowchart.ts';
import { textWidth } from '../../reports/text-width.ts';

const measurements = loadMeasurements();
const courses = await Promise.all(
  shippedCourses().map(async (course) => ({
    course,
    lessons: await Promise.all(course.lessons.map(({ id }) => loadLesson(id))),
  })),
);
const lessons = courses.flatMap((course) => course.lessons);

describe.each(lessons.map((taught) => ({ id: taught.lesson.id, ...taught })))('$id', ({ lesson, plan }) => {
  it.each([false, true])('fits into 80 columns, read aloud: %s', (plain) => {
    const texts = lessonPages({ lesson, plan, measurements, plain }).map(({ document }) =>
      documentText(document, PLAIN_80),
    );
    const lines = texts.flatMap((text) => text.split('\n'));
    expect(lines.filter((line) => textWidth(line) > 80)).toEqual([]);
    // An equation that is broken keeps something behind its sign.
    expect(lines.filter((line) => /^\s*=\s*$/.test(line))).toEqual([]);
    expect(texts.join('\n')).not.toMatch(/undefined|NaN|\[object|[{}]/);
    expect(plain && /[─│└├]/.test(texts.join('\n'))).toBe(false);
  });

  it('opens with a question and ends with one', () => {
    const pages = lessonPages({ lesson, plan, measurements });
    expect(pages.at(0)?.asks?.hint).not.toEqual([]);
    expect(pages.at(-1)?.asks?.answer).not.toEqual([]);
  });
});

describe('all courses as Markdown', () => {
  const markdown = coursesMarkdown(courses, measurements);

  it('have every lesson in the contents, at an anchor that is there', () => {
    const linked = [...markdown.matchAll(/\]\(#([^)]+)\)/g)].map(([, target]) => target);
    const anchors = [...markdown.matchAll(/<a id="([^"]+)"><\/a>/g)].map(([, id]) => id);
    expect(linked).toHaveLength(courses.length + lessons.length);
    expect(anchors).toEqual(linked);
  });

  it('close every fence and every fold, and draw what Mermaid reads', () => {
    expect((markdown.match(/^```/gm) ?? []).length % 2).toBe(0);
    expect(markdown.match(/^<details>/gm)).toHaveLength(2 * 2 * lessons.length);
    expect(markdown.match(/^<\/details>$/gm)).toHaveLength(2 * 2 * lessons.length);
    const charts = [...markdown.matchAll(/```mermaid\n([\s\S]*?)\n```/g)].map(([, chart = '']) => readFlowchart(chart));
    expect(charts.length).toBeGreaterThanOrEqual(lessons.length);
  });

  it('are the same bytes again', () => {
    expect(coursesMarkdown(courses, measurements)).toBe(markdown);
  });
});
