import { separateNumberWords } from './read-number-words.ts';

/** Longer than any number with its unit. */
const LENGTH_MAX = 100;
const UNPRINTED = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/u;

/** The key `a` may have been pressed before, to answer. */
const LEAD =
  /^(?:[~≈≃=]|(?:about|around|roughly|approximately|approx\.?|circa|ca\.|some|nearly|almost|maybe|perhaps|probably|say|i think|i guess|i would say|i'd say|it is|it's|that is|that's)(?![a-z])|a(?=[\d.]))\s*/i;
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Why a text cannot be read as an answer at all, as a sentence; undefined when it can be tried. */
export function whyUnreadable(text: string): string | undefined {
  if (text.trim().length > LENGTH_MAX) return 'That is a long answer; one number is enough.';
  if (UNPRINTED.test(text.replaceAll(/[\t\r\n]/g, ' '))) return 'There are keys in that which are no characters.';
  return undefined;
}

/**
 * A text in the characters that numbers are read in: one kind of space and dash, powers as `10^4`, without words such as `about` in
 * front and without the end of a sentence.
 */
export function plainWords(text: string): string {
  let words = text
    .replaceAll(/⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+/g, powerOf)
    .replaceAll(/(\d)(?=[½¼¾⅓⅔])/g, '$1 ')
    .normalize('NFKC')
    .replaceAll('\u03BC', 'µ') // Greek mu for the sign of micro
    .replaceAll('\u2044', '/')
    .replaceAll(/[‐‑‒–—−]/g, '-')
    .replaceAll(/[’‘]/g, "'")
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/[?!.;, ]+$/, '');
  for (let lead = LEAD.exec(words); lead; lead = LEAD.exec(words)) words = words.slice(lead[0].length);
  return separateNumberWords(words);
}

function powerOf(raised: string): string {
  const digits = [...raised].map((sign) => (sign === '⁻' ? '-' : SUPERSCRIPTS.indexOf(sign)));
  return `^${digits.join('')}`;
}
