import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { loadPlan } from '../../api/files.ts';
import { bareNumbers } from '../../model/lesson/bare-numbers.ts';
import { readLesson } from '../../model/lesson/read-lesson.ts';
import { NO_MEASUREMENTS } from '../../model/lesson/testing/no-measurements.ts';

const text = readFileSync('docs/lesson-language.md', 'utf8');
const [lesson = '', goals = '', experiment = '', decision = ''] = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(
  ([, example = '']) => example,
);
const plan = await loadPlan('amazon-shop');
const read = (file: string) => readLesson('lessons/mine/1-cache.yaml', file, { plan, measurements: NO_MEASUREMENTS });

it('shows a lesson that is accepted', () => {
  expect(read(lesson)).toMatchObject({
    id: 'mine/1',
    title: 'A cache in front of the database',
    have: 'Behind the load balancer stand 9 servers, and behind them one database.',
    question: { answer: '48,000 query/s of reads and 1,389 query/s of writes are 49,389 query/s.' },
    goals: [{ before: '48,000 query/s', after: '9,600 query/s', limit: '<= 10,000 query/s' }],
  });
});

it('shows goals, an experiment and a decision that are accepted in it', () => {
  expect(read(lesson.replace(/^goals:\n(?:  .*\n)+/m, goals)).goals).toMatchObject([{ limit: '<= 100 %' }]);
  expect(read(`${lesson}${experiment}`).experiment?.servers.after.set).toEqual(['cache.hit_ratio=80 %']);
  expect(read(`${lesson}${decision}`).decision?.questions[0]).toMatchObject({
    number: { unit: 'query/s', below: 10_000 },
    documents: { yes: true, shown: '9,600 query/s' },
  });
});

it('names names that are no numbers', () => {
  const [, names = ''] = /Names are not numbers:\n\n([\s\S]*?)\n\n/.exec(text) ?? [];
  expect(names).toContain('HTTP 503');
  expect(bareNumbers(names)).toEqual([]);
});
