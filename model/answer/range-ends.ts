import { NUMBER_WORD } from './read-number-words.ts';

// A minus behind `e`, `^` or `**` belongs to an exponent.
const RANGE = new RegExp(
  '^(?:between |from )?' +
    `(.*?(?:[\\d%$a-z])) ?(?:\\.{2,3}|(?<!\\de)-| (?:to|and|or) )[~ ]?((?:\\$ ?)?(?:[\\d.]|(?:${NUMBER_WORD})(?![a-z])).*)$`,
  'i',
);
const NUMBER = new RegExp(`\\d|\\b(?:${NUMBER_WORD})\\b`, 'i');

/** The two ends of `6-8k`, `6..8k`, `between 6k and 8k`, `two to three hours`; undefined for a single number. */
export function rangeEnds(words: string): readonly [string, string] | undefined {
  const [, first = '', second = ''] = RANGE.exec(words) ?? [];
  return NUMBER.test(first) && second !== '' ? [first.trim(), second.trim()] : undefined;
}
