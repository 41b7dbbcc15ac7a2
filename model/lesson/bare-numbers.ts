/** A number that stands in a text by itself. Offsets are characters of the text. */
export interface Found {
  readonly text: string;
  readonly offset: number;
}

/** Names with digits in them, which say no number; all that there are. */
const NAMES: readonly RegExp[] = [
  /\bp\d{2}(?:\.\d+)?\b/g, // percentiles
  /\bHTTP(?: [1-5]\d\d|\/\d(?:\.\d)?)/g,
  /\b(?:S3|EC2|MD5|Route 53|UTF-8|IPv[46]|L[1-7]|TLS 1\.\d|OAuth ?2)\b/g,
  /\bSHA-?\d+\b/g,
  /\b[Bb]ase-?6[24]\b/g,
  /\b(?:db\.)?[a-z]\d[a-z]*\.\d*x?(?:nano|micro|small|medium|large)\b/g, // sizes of rented machines
  /\b[Pp]hase \d\b|\b[Yy]ear \d\b|\b[Ss]ections? \d+(?:\.\d+)+\b|\bADR-\d+\b/g, // of the documents
];

const MENTION = /\b(step|lesson)(?:s \d+(?:(?:, | and | to | or )\d+)*| \d+)/gi;

const SMALL = 'three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen';
const TENS = '(?:twen|thir|for|fif|six|seven|eigh|nine)ty';
const LARGE = 'dozens?|hundreds?|thousands?|millions?|billions?|trillions?';
const WORD = new RegExp(`\\b(?:${SMALL}|${TENS}|${LARGE})(?:fold)?\\b`, 'gi');
const DIGITS = /\$?\p{N}(?:[\p{N}.,_]*\p{N})?(?:\s?%|[kKMB]\b)?/gu;

/** Numbers, in digits or in words from three on, that are not part of a name; steps and lessons are names. */
export function bareNumbers(text: string): Found[] {
  const rest = [...NAMES, MENTION].reduce(without, text).replaceAll(/`[^`]*`/g, (code) => without(code, CODE_NAME));
  return [...rest.matchAll(DIGITS), ...rest.matchAll(WORD)]
    .map(({ 0: found, index }) => ({ text: found, offset: index }))
    .toSorted((a, b) => a.offset - b.offset);
}

/** In code any word that begins with a letter is a name, such as `traffic.step_1`. */
const CODE_NAME = /\b[A-Za-z_][\w.-]*/g;

function without(text: string, name: RegExp): string {
  return text.replaceAll(name, (found) => ' '.repeat(found.length));
}

/** Steps or lessons that a text speaks of. */
export interface Mention extends Found {
  readonly of: 'step' | 'lesson';
  readonly number: number;
}

export function mentions(text: string): Mention[] {
  return [...text.matchAll(MENTION)].flatMap(({ 0: all, 1: word, index }) =>
    [...all.matchAll(/\d+/g)].map((digits) => ({
      of: word?.toLowerCase() === 'lesson' ? ('lesson' as const) : ('step' as const),
      number: Number(digits[0]),
      text: digits[0],
      offset: index + digits.index,
    })),
  );
}
