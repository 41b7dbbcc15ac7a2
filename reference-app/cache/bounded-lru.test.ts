import { expect, test } from 'vitest';
import { BoundedLru } from './bounded-lru.ts';

test('the entry unused for longest is forgotten first', () => {
  const lru = new BoundedLru<string, number>(2);
  lru.set('a', 1);
  lru.set('b', 2);
  lru.get('a');
  lru.set('c', 3);
  expect([lru.get('a'), lru.get('b'), lru.get('c')]).toEqual([1, undefined, 3]);
  expect(lru.size).toBe(2);
});

test('setting an entry again neither grows the map nor loses others', () => {
  const lru = new BoundedLru<string, number>(2);
  lru.set('a', 1);
  lru.set('b', 2);
  lru.set('b', 3);
  expect([lru.size, lru.get('a'), lru.get('b')]).toEqual([2, 1, 3]);
});
