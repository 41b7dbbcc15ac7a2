import { expect, test } from 'vitest';
import { responseTimeLaw } from './response-time-law.ts';

// Lazowska et al., Quantitative System Performance, 1984, ch. 3.
test('64 users who think 30 s and get 2 answers per second wait 2 s for each', () => {
  expect(responseTimeLaw(64, 2, 30)).toBe(2);
});

test('figures that contradict each other show it', () => {
  expect(responseTimeLaw(10, 2, 30)).toBe(-25);
});

test('refuses a system that never answers', () => {
  expect(() => responseTimeLaw(1, 0, 0)).toThrow(RangeError);
});
