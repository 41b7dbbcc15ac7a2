import { describe, expect, it } from 'vitest';
import type { Lesson } from '../../model/lesson/lesson.ts';
import { readFlowchart } from '../testing/flowchart.ts';
import { LESSON, TAUGHT_MEASUREMENTS, TAUGHT_PLAN } from '../testing/lesson-by-hand.ts';
import { coursesMarkdown } from './courses-markdown.ts';

function written(...lessons: Partial<Lesson>[]): string {
  const course = { name: 'mine', title: 'My [own] shop' };
  const taught = lessons.map((each, index) => ({
    lesson: { ...LESSON, number: index + 1, ...each },
    plan: TAUGHT_PLAN,
  }));
  return coursesMarkdown([{ course, lessons: taught }], TAUGHT_MEASUREMENTS);
}

/** Lines outside of fences; every fence has to close. */
function outsideOfFences(markdown: string): string[] {
  let fence = '';
  const outside: string[] = [];
  for (const line of markdown.split('\n')) {
    const [ticks = ''] = /^`{3,}/.exec(line) ?? [];
    if (fence === '' && ticks === '') outside.push(line);
    else if (fence === '') fence = ticks;
    else if (line === fence) fence = '';
  }
  expect(fence).toBe('');
  return outside;
}

describe('courses as Markdown', () => {
  it('are the same bytes every time', () => {
    expect(written({}, {})).toBe(written({}, {}));
  });

  it('have contents whose anchors are there, each once', () => {
    const markdown = written({}, { title: 'Another' });
    const linked = [...markdown.matchAll(/\]\(#([^)]+)\)/g)].map(([, target]) => target);
    const anchors = [...markdown.matchAll(/<a id="([^"]+)"><\/a>/g)].map(([, id]) => id);
    expect(linked).toEqual(['mine', 'mine-1', 'mine-2']);
    expect(anchors).toEqual(linked);
  });

  it('close their fences and what they fold away', () => {
    const outside = outsideOfFences(written({})).join('\n');
    expect(outside.match(/<details>/g)).toHaveLength(4);
    expect(outside.match(/<\/details>/g)).toHaveLength(4);
    expect(outside).toContain('<summary>Hint</summary>\n\nLook at `reads`.');
  });

  it('draw two steps and the decision for Mermaid, and tell the decision in words', () => {
    const markdown = written({});
    const charts = [...markdown.matchAll(/```mermaid\n([\s\S]*?)\n```/g)].map(([, chart = '']) => readFlowchart(chart));
    expect(charts).toHaveLength(3);
    expect(charts[1]?.edges.map(({ from, label, to }) => `${from} ${label} ${to}`)).toEqual([
      'at_team below 10 engineers at_one',
      'at_team 10 engineers or more at_apart',
      'at_apart yes at_several',
      'at_apart no at_one',
    ]);
    expect(markdown).toContain('Few people need few parts.');
  });

  it('take nothing of a text for markup', () => {
    const hostile = '</details><script>alert(1)</script> [x](javascript:1) ![y](z) # no\n\n```\n\n<!-- a';
    const question = { ...LESSON.question, hint: hostile, answer: hostile };
    const markdown = written({ title: hostile, have: hostile, tradeoffs: [hostile], question });
    const outside = outsideOfFences(markdown).join('\n');
    expect(outside.match(/(?<!\\)<\/details>/g)).toHaveLength(4);
    expect(outside).not.toMatch(/(?<!\\)<(?:script|!--)/);
    expect(outside).not.toMatch(/(?<!\\)\]\((?!#)/);
  });
});
