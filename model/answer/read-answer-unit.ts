import { nearest } from '../document/nearest.ts';
import { baseUnitSymbol } from '../units/dimension.ts';
import type { Unit, UnitTable } from '../units/unit.ts';
import { isCount } from './asked-for.ts';
import type { AskedFor } from './asked-for.ts';

/** Spellings that people use beside those of plans. */
const SPELLINGS: Readonly<Record<string, string>> = {
  rps: 'req/s',
  tps: 'req/s',
  rpm: 'req/min',
  rpd: 'req/day',
  qps: 'query/s',
  call: 'req',
  calls: 'req',
  read: 'query',
  reads: 'query',
  write: 'query',
  writes: 'query',
  secs: 's',
  mins: 'min',
  hr: 'h',
  hrs: 'h',
  yr: 'year',
  yrs: 'year',
  mo: 'month',
  pct: '%',
  millisecond: 'ms',
  milliseconds: 'ms',
  msec: 'ms',
  microsecond: 'us',
  microseconds: 'us',
  kilobyte: 'KB',
  kilobytes: 'KB',
  megabyte: 'MB',
  megabytes: 'MB',
  gigabyte: 'GB',
  gigabytes: 'GB',
  terabyte: 'TB',
  terabytes: 'TB',
  petabyte: 'PB',
  petabytes: 'PB',
  exabyte: 'EB',
  exabytes: 'EB',
  megabit: 'Mbit',
  megabits: 'Mbit',
  gigabit: 'Gbit',
  gigabits: 'Gbit',
  dollar: 'USD',
  dollars: 'USD',
  bucks: 'USD',
  machine: 'server',
  machines: 'server',
  host: 'server',
  hosts: 'server',
  box: 'server',
  boxes: 'server',
  db: 'database',
  dbs: 'database',
  people: 'user',
  person: 'user',
  customer: 'user',
  customers: 'user',
  picture: 'image',
  pictures: 'image',
  photo: 'image',
  photos: 'image',
};
/** Other money than plans know. */
export const OTHER_MONEY = /€|£|¥|\b(?:eur|euros?|gbp|pounds?|chf|francs?|jpy|yen|inr|rupees?)\b/i;
/** Mixed as in `Gb`, which some write for bits and others for bytes. */
const BITS_OR_BYTES = /^[KMGTPE]b(?:ps)?$/;

/** A unit as a learner writes it, or a sentence that asks what was meant. */
export type AnswerUnit = Unit | { readonly unclear: string };

/** Reads `req/s`, `requests per second`, `rps`, `/min`, `minutes a year`, `gb`, `$/month`, `% of the reads`, and the question's own words. */
export function readAnswerUnit(text: string, asked: AskedFor): AnswerUnit {
  const { units } = asked;
  const words = partsOf(text);
  const symbols: string[] = [];
  for (const word of words) {
    const bits = BITS_OR_BYTES.test(word) && !units.get(word);
    if (bits) return { unclear: `\`${word}\` may be bits or bytes: write \`${word[0]}bit\` or \`${word[0]}B\`.` };
    const symbol = symbolOf(word, units) ?? questionsOwn(word, asked);
    if (symbol === undefined) return { unclear: unknown(word, units) };
    symbols.push(symbol);
  }
  const unit = units.parse(symbols.join('/'));
  return 'unknown' in unit ? { unclear: unknown(unit.unknown, units) } : unit;
}

/** The words between the slashes; `1` in front of the first one where nothing stands there. */
function partsOf(text: string): string[] {
  return text
    .trim()
    .replace(/^-/, '')
    .replace(/^\$ ?(?=[a-z])/i, '$ ')
    .replaceAll(/\bper cent\b/gi, '%')
    .replace(/ ?\b(hour|week|month|year)ly\b/i, '/$1')
    .replace(/ ?\bdaily\b/i, '/day')
    .replaceAll(/(?:^| )(?:per|an?|each|every) /gi, '/')
    .replaceAll(/(?:^| )of [^/]*/gi, '')
    .split('/')
    .map((part, index) => (index === 0 && part.trim() === '' ? '1' : part.trim()));
}

function symbolOf(word: string, units: UnitTable): string | undefined {
  if (word === '1' || units.get(word)) return word;
  const small = word.toLowerCase();
  const spelt = SPELLINGS[small];
  if (spelt !== undefined) return spelt;
  if (units.get(small)) return small;
  const [, prefix = '', byte = ''] = /^([kmgtpe])(b(?:ps)?)$/.exec(small) ?? [];
  if (prefix === '') return undefined;
  const big = prefix.toUpperCase();
  if (byte === 'b') return `${big}B`;
  return word.includes('B') ? `${big}B/s` : `${big}bit/s`;
}

/** What is counted, where it is called by words of the question: `acknowledged writes`. */
function questionsOwn(text: string, asked: AskedFor): string | undefined {
  if (!isCount(asked)) return undefined;
  const known = wordsOf(`${asked.asks ?? ''} ${asked.counts ?? ''}`);
  return wordsOf(text).every((word) => known.includes(word)) ? baseUnitSymbol(asked.dimension) : undefined;
}

/** Without what makes them plural. */
function wordsOf(text: string): string[] {
  return (text.toLowerCase().match(/[a-z]{3,}/g) ?? []).map((word) =>
    word.replace(/(?:(?<=ss|sh|ch|x)es|(?<!s)s)$/, ''),
  );
}

function unknown(word: string, units: UnitTable): string {
  const shown = word.length > 20 ? `${word.slice(0, 20)}…` : word;
  const near = nearest(word.slice(0, 20), [...units.names(), ...Object.keys(SPELLINGS)]);
  return `\`${shown.replaceAll('`', "'")}\` is not a unit here${near === undefined ? '' : `; did you mean \`${near}\`?`}.`.replace(
    '?.',
    '?',
  );
}
