import { expect, it } from 'vitest';
import { Source } from './source.ts';

/** What is marked when the characters of `wanted` within the one value of a file are. */
function marked(text: string, wanted: string): string {
  const source = new Source('a.yaml', text, 'PLAN');
  const [entry] = source.entries(source.root, 'a file');
  const value = source.text_of(entry?.value, 'a value') ?? '';
  const { line, column, length } = source.placeWithin(entry?.value, value.indexOf(wanted), wanted.length);
  const lines = text.split('\n');
  return lines[line - 1]?.slice(column - 1, column - 1 + length) ?? '';
}

it.each([
  ['plain', 'a: one two three\n'],
  ['with a blank in front that belongs to it', "a: '  one two three'\n"],
  ['in quotes with quotes inside', `a: 'it''s ''one'' two three'\n`],
  ['in double quotes with escapes', 'a: "say \\"one\\" two three"\n'],
  ['over several lines', 'a: one\n  zero\n  two three\n'],
  ['as a block', 'a: |\n  one\n\n  zero two three\n'],
  ['as a folded block with a head', 'a: >-\n\n    one\n    zero\n    two three\nb: 1\n'],
])('finds the characters of a value that is written %s', (_how, text) => {
  expect(marked(text, 'two')).toBe('two');
  expect(marked(text, 'three')).toBe('three');
});

it('marks no more than what stands on the line', () => {
  expect(marked('a: |\n  one two\n  three\n', 'two\nthree')).toBe('two');
});
