import { isData, isTime } from './asked-for.ts';
import type { AskedFor } from './asked-for.ts';

/** What a number stands for a multiple of, and the unit behind it; or a sentence that asks what was meant. */
export type Multiple = { readonly factor: number; readonly unit: string } | { readonly unclear: string };

const WORDS: Readonly<Record<string, number>> = {
  dozen: 12,
  hundred: 1e2,
  thousand: 1e3,
  million: 1e6,
  millions: 1e6,
  mio: 1e6,
  mn: 1e6,
  billion: 1e9,
  billions: 1e9,
  bn: 1e9,
  mrd: 1e9,
  trillion: 1e12,
  trillions: 1e12,
  tn: 1e12,
};
/** Behind it nothing, a space, a slash, or one of the units that are written without a space. */
const LETTER = /^ ?([kmbgtp])(?=$|[ /]|rps|qps|req|quer|user)/i;
const LETTERS: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, b: 1e9, g: 1e9, t: 1e12, p: 1e15 };

/**
 * Reads `k`, `M`, `bn`, `million`, `hundred thousand` in front of a unit. Letters depend on what is asked for: of data `1.25 P` are petabytes,
 * of things `5 m` are millions, of times `5 m` may be minutes as well as months.
 */
export function readMultiple(text: string, asked: AskedFor): Multiple {
  let factor = 1;
  let rest = text;
  for (;;) {
    const [matched, word = ''] = /^ ?([a-z]+)(?![a-z])/i.exec(rest) ?? [];
    const multiple = WORDS[word.toLowerCase()];
    if (matched === undefined || multiple === undefined) break;
    factor *= multiple;
    rest = rest.slice(matched.length);
  }
  const [matched, letter = ''] = LETTER.exec(rest) ?? [];
  // A byte is a unit, and a billion is written right behind its number.
  if (matched === undefined || matched === ' B' || matched === ' b') return { factor, unit: rest.trim() };
  const unit = rest.slice(matched.length).trim();
  if (isTime(asked) && letter.toLowerCase() === 'm') {
    return { unclear: '`m` may be minutes, months or milliseconds: write `min`, `months` or `ms`.' };
  }
  const isBare = unit === '' || unit.startsWith('/');
  if (isData(asked) && isBare && isPrefix(letter, asked)) return { factor, unit: `${dataUnit(letter)}${unit}` };
  return { factor: factor * (LETTERS[letter.toLowerCase()] ?? 1), unit };
}

/** Thousands are of the unit that is asked for, and larger letters are those of bytes; `7k` asked in MB are 7 GB. */
function isPrefix(letter: string, { unit }: AskedFor): boolean {
  return letter !== 'b' && (letter.toLowerCase() !== 'k' || /^k/i.test(unit));
}

const dataUnit = (letter: string): string => (letter === 'B' ? 'B' : `${letter.toUpperCase()}B`);
