import { expect, it } from 'vitest';
import { move } from './move.ts';
import type { Place } from './move.ts';

const around = { lessons: ['shop/1', 'shop/2', 'urls/1'], pages: 3 };
const at = (lesson: string, page: number): Place => ({ lesson, page });

it.each<[string, Place, 'next' | 'back', Place | null]>([
  ['to the next page', at('shop/1', 0), 'next', at('shop/1', 1)],
  ['to the next lesson', at('shop/1', 2), 'next', at('shop/2', 0)],
  ['to the next course', at('shop/2', 2), 'next', at('urls/1', 0)],
  ['nowhere behind the last page of all', at('urls/1', 2), 'next', null],
  ['back a page', at('shop/2', 2), 'back', at('shop/2', 1)],
  ['nowhere before the first page of a lesson', at('shop/2', 0), 'back', null],
  ['nowhere from a lesson that is in no course', at('else/1', 2), 'next', null],
])('moves %s', (_, from, direction, to) => {
  expect(move(from, direction, around)).toEqual(to);
});
