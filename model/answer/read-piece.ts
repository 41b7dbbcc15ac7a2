import type { AskedFor } from './asked-for.ts';
import { readDigits } from './read-digits.ts';
import { readMultiple } from './read-multiple.ts';
import { readNumberWords } from './read-number-words.ts';

/** One number in its parts. */
export interface Piece {
  readonly number: number;
  /** What `k` or `million` stands for; 1 without one. */
  readonly factor: number;
  /** As written; empty without one. */
  readonly unit: string;
}

/** A sentence that asks what was meant. */
export interface Unclear {
  readonly unclear: string;
}

export function isUnclear(value: object): value is Unclear {
  return 'unclear' in value;
}

const EXPONENT = /^e([+-]?\d{1,4})(?!\d)/i;
const TIMES_TEN = /^ ?[*x×·] ?10 ?(?:\^|\*\*) ?([+-]?\d{1,4})(?!\d)/i;
const POWER = /^ ?(?:\^|\*\*) ?([+-]?\d{1,4})(?!\d)/;
const DIVIDED = /^ ?\/ ?(\d{1,15}(?:\.\d{1,15})?)(?![\d.,])/;
const AND_A_HALF = /^ ?and a half\b/i;

/** Reads a number with what stands behind it: `$355k/month`, `7 x 10^3 req/s`, `3/4`, `half a million users`. */
export function readPiece(text: string, asked: AskedFor): Piece | Unclear {
  const [dollar = ''] = /^(?:US)?\$ ?/.exec(text) ?? [];
  const number = readNumber(text.slice(dollar.length));
  if (isUnclear(number)) return number;
  const multiple = readMultiple(number.rest, asked);
  if (isUnclear(multiple)) return multiple;
  const { factor, unit } = multiple;
  return { number: number.value, factor, unit: dollar === '' ? unit : `$${unit.replace(/^\$/, '')}` };
}

interface ReadNumber {
  readonly value: number;
  readonly rest: string;
}

function readNumber(text: string): ReadNumber | Unclear {
  const digits = readDigits(text);
  if (digits === undefined) {
    const words = readNumberWords(text);
    if (words) return withHalf(words);
    return {
      unclear: /\d/.test(text) ? 'I cannot tell what stands before the number.' : 'I cannot find a number in that.',
    };
  }
  if ('written' in digits) {
    const { written, either } = digits;
    return {
      unclear: either ? `Is \`${written}\` ${either.join(' or ')}?` : `I cannot tell which number \`${written}\` is.`,
    };
  }
  const { value, rest } = digits;
  const [exponent, tens = ''] = EXPONENT.exec(rest) ?? TIMES_TEN.exec(rest) ?? [];
  if (exponent !== undefined) return { value: Number(`${value}e${Number(tens)}`), rest: rest.slice(exponent.length) };
  const [raised, power = ''] = POWER.exec(rest) ?? [];
  if (raised !== undefined) return { value: raise(value, Number(power)), rest: rest.slice(raised.length) };
  const [divided, divisor = ''] = DIVIDED.exec(rest) ?? [];
  if (divided !== undefined) return { value: value / Number(divisor), rest: rest.slice(divided.length) };
  return withHalf({ value, rest });
}

function withHalf({ value, rest }: ReadNumber): ReadNumber {
  const [half] = AND_A_HALF.exec(rest) ?? [];
  return half === undefined ? { value, rest } : { value: value + 0.5, rest: rest.slice(half.length) };
}

/** Powers of ten exactly. */
const raise = (base: number, power: number): number => (base === 10 ? Number(`1e${power}`) : base ** power);
