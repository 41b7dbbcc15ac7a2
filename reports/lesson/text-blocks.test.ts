import { expect, test } from 'vitest';
import { onOneLine, textBlocks } from './text-blocks.ts';
import { goalSentence } from './goal-sentence.ts';

test('a text has paragraphs, and lists that may follow them at once', () => {
  expect(
    textBlocks('One line\nand its rest.\n\nA list:\n- first\n- second\n  goes on\n\n- alone - with a dash\n'),
  ).toEqual([
    { kind: 'paragraph', text: 'One line and its rest.' },
    { kind: 'paragraph', text: 'A list:' },
    { kind: 'list', entries: ['first', 'second goes on'] },
    { kind: 'list', entries: ['alone - with a dash'] },
  ]);
  expect(textBlocks('')).toEqual([]);
  expect(onOneLine('One line\n  and its rest.\n')).toBe('One line and its rest.');
});

test.each([
  ['<= 10,000 query/s', 'at most 10,000 query/s'],
  ['< 500 ms', 'less than 500 ms'],
  ['>= 99.9 %', 'at least 99.9 %'],
  ['10,000 query/s', '10,000 query/s'],
])('the limit %s reads %s', (limit, words) => {
  const goal = { says: 'What is asked', before: '48,000 query/s', after: '9,600 query/s', limit };
  expect(goalSentence(goal)).toBe(`What is asked: 48,000 query/s before, 9,600 query/s after; the goal is ${words}.`);
});
