const ONES: Readonly<Record<string, number>> = {
  none: 0,
  nothing: 0,
  zero: 0,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
};
const TENS: Readonly<Record<string, number>> = {
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
};
const PARTS: Readonly<Record<string, number>> = {
  half: 1 / 2,
  halves: 1 / 2,
  third: 1 / 3,
  thirds: 1 / 3,
  quarter: 1 / 4,
  quarters: 1 / 4,
  fifth: 1 / 5,
  fifths: 1 / 5,
  tenth: 1 / 10,
  tenths: 1 / 10,
};

/** `forty-three` is one number, and so is `two hundred and fifty`. */
const JOINED = new RegExp(`\\b(${Object.keys(TENS).join('|')})-(?=(?:${Object.keys(ONES).join('|')})\\b)`, 'gi');
const HUNDRED_AND = /(?<!^between .*)\bhundred and (?!a half)/gi;

/** Number words with spaces in place of what looks like the dash or the `and` of a range. */
export function separateNumberWords(text: string): string {
  return text.replaceAll(JOINED, '$1 ').replaceAll(HUNDRED_AND, 'hundred ');
}

/** Words that begin a number, as a pattern: `two`, `twenty`, `half`. */
export const NUMBER_WORD = [...Object.keys(ONES), ...Object.keys(TENS), ...Object.keys(PARTS)].join('|');

const BELOW_HUNDRED_FOLLOWS = new RegExp(
  `^hundred (?:${[...Object.keys(TENS), ...Object.keys(ONES)].join('|')})\\b`,
  'i',
);

/** Reads `two`, `twenty five`, `two hundred fifty`, `half a`, `three quarters of a`, `an` at the start of a text; undefined where none stands. */
export function readNumberWords(text: string): { readonly value: number; readonly rest: string } | undefined {
  let rest = text;
  const take = (words: Readonly<Record<string, number>>): number | undefined => {
    const [matched, word = ''] = /^([a-z]+)(?![a-z\d])[ -]?/i.exec(rest) ?? [];
    const value = words[word.toLowerCase()];
    if (value !== undefined && matched !== undefined) rest = rest.slice(matched.length);
    return value;
  };
  const takeBelowHundred = (): number | undefined => {
    const tens = take(TENS);
    const ones = take(ONES);
    return tens === undefined && ones === undefined ? undefined : (tens ?? 0) + (ones ?? 0);
  };
  const article = take({ a: 1, an: 1 });
  let whole = takeBelowHundred() ?? article;
  if (whole !== undefined && BELOW_HUNDRED_FOLLOWS.test(rest)) {
    take({ hundred: 100 });
    whole = whole * 100 + (takeBelowHundred() ?? 0);
  }
  const part = take(PARTS);
  if (part !== undefined) rest = rest.replace(/^(?:of )?an? /i, '');
  if (part === undefined && (whole === undefined || (whole === article && rest === ''))) return undefined;
  return { value: (whole ?? 1) * (part ?? 1), rest };
}
