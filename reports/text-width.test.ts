import { expect, test } from 'vitest';
import { padEnd, textWidth, wrap, wrapUnder } from './text-width.ts';

test.each([
  ['abc', 3],
  ['', 0],
  ['≥ 212 µs ✓', 10],
  ['容量', 4],
  ['e\u0301', 1],
  ['👩‍👩‍👧', 2],
  ['\u001B[31mred\u001B[39m', 3],
])('%j takes %i columns', (text, width) => {
  expect(textWidth(text)).toBe(width);
});

test('padding counts columns, not characters', () => {
  expect(padEnd('容量', 6)).toBe('容量  ');
  expect(padEnd('abc', 2)).toBe('abc');
});

test('wrapping keeps long words whole', () => {
  expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
  expect(wrap('a configuration', 5)).toEqual(['a', 'configuration']);
});

test('wrapping under a label indents the rest', () => {
  expect(wrapUnder('help: ', 'one two three four five six', 26)).toBe('help: one two three four\n      five six');
});
