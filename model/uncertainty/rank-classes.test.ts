import { expect, test } from 'vitest';
import { classCount, rankClasses } from './rank-classes.ts';

test('classes are equally large and follow the rank', () => {
  const column = Float64Array.from({ length: 10_000 }, (_, i) => ((i * 37) % 10_000) / 100);
  const { classOf } = rankClasses('a', column);
  expect(classCount(10_000)).toBe(50);
  expect([...classOf]).toEqual([...column].map((value) => Math.floor((value * 100 + 0.5) / 200)));
});

test('equal values share a class', () => {
  const { classOf } = rankClasses('a', Float64Array.of(2, 1, 2, 2, 1, 2, 2, 2));
  expect(new Set([0, 2, 3, 5, 6, 7].map((i) => classOf[i])).size).toBe(1);
  expect(new Set(rankClasses('a', new Float64Array(400).fill(5)).classOf).size).toBe(1);
});

test.each([
  [1, 2],
  [100, 5],
  [1000, 15],
  [1_000_000, 500],
])('%i samples make %i classes', (samples, classes) => {
  expect(classCount(samples)).toBe(classes);
});
