import { isDimensionless } from '../units/dimension.ts';
import type { Answer, ReadAnswer } from './answer.ts';
import { amountIn, askedFactor, example, isData, isShare, unitName } from './asked-for.ts';
import type { AskedFor } from './asked-for.ts';
import { fitUnit, isCounted, kindOf } from './fit-unit.ts';
import { plainWords, whyUnreadable } from './plain-words.ts';
import { readArithmetic } from './read-arithmetic.ts';
import { OTHER_MONEY, readAnswerUnit } from './read-answer-unit.ts';
import { isUnclear, readPiece } from './read-piece.ts';
import type { Piece, Unclear } from './read-piece.ts';
import { rangeEnds } from './range-ends.ts';

const NEGATIVE = /^(?:-|minus\b) ?[$.\d]|^\$ ?-/i;
const BOUND = /^(?:[<>≤≥]|(?:more|less|fewer|higher|lower) than|at (?:least|most)|over|under|up to)(?![a-z])/i;
/** Arithmetic that goes beyond a number and its unit. */
const SUM = /[\da-z)%] ?[*+×] ?[\d(]|\(/i;
const ENDLESS = /^\W*(?:∞|inf|infinit[ey]|unlimited|endless(?:ly)?)(?![a-z])/i;

/**
 * Understands a number as people type it: `7k`, `7,000/s`, `7e3`, `~1.25 PB`, `half`, `6-8k` (whose geometric middle it takes). Without a unit
 * it is in the one that is asked for. What cannot be understood, told apart or be right at all is asked back, with an example. Never
 * throws.
 */
export function readAnswer(text: string, asked: AskedFor): Answer {
  const unreadable = whyUnreadable(text);
  if (unreadable !== undefined) return askBack(unreadable, asked);
  const words = plainWords(text);
  if (words === '') return askBack('There is nothing to judge yet; a guess is enough.', asked);
  if (NEGATIVE.test(words)) return askBack('It cannot be below zero.', asked);
  if (BOUND.test(words)) return askBack('A bound is no estimate yet; what is your best guess?', asked);
  if (ENDLESS.test(words)) return askBack('It is large, but it has an end.', asked);
  if (OTHER_MONEY.test(words)) return askBack('Money is in dollars here.', asked);
  const ends = rangeEnds(words);
  const read = ends ? readBetween(ends, asked) : readOne(words, asked);
  return isUnclear(read) ? askBack(read.unclear, asked) : read;
}

function askBack(says: string, asked: AskedFor): Answer {
  return { asksBack: `${says} Write it as in ${example(asked)}.` };
}

type Read = ReadAnswer | Unclear;

function readOne(words: string, asked: AskedFor): Read {
  const piece = readPiece(words, asked);
  const value = computed(words, asked) ?? (isUnclear(piece) ? piece : valueOf(piece, asked));
  if (typeof value === 'number') return { value, shown: amountIn(value, asked) };
  return SUM.test(words) ? { unclear: 'I cannot work that out; numbers without units are enough.' } : value;
}

/** What arithmetic comes to, where it is of the kind that is asked for. Users times a plain number are a number: units are often left out. */
function computed(words: string, asked: AskedFor): number | undefined {
  const result = readArithmetic(words, asked);
  if (!result || !(result.value > 0 && Number.isFinite(result.value))) return undefined;
  const { value, unit } = result;
  const read = isDimensionless(unit.dimension) ? bare(value, asked) : fitUnit(value, unit, asked);
  if (typeof read === 'number') return read;
  const counted = read === undefined && isCounted(unit.dimension) ? bare(value, asked) : undefined;
  return typeof counted === 'number' ? counted : undefined;
}

/** What one end leaves out, the other one says: `6-8k req/s`. */
function readBetween([from, to]: readonly [string, string], asked: AskedFor): Read {
  const first = readPiece(from, asked);
  if (isUnclear(first)) return first;
  const second = readPiece(to, asked);
  if (isUnclear(second)) return second;
  const low = valueOf(completed(first, second), asked);
  const high = valueOf({ ...second, unit: second.unit === '' ? first.unit : second.unit }, asked);
  if (typeof low !== 'number') return low;
  if (typeof high !== 'number') return high;
  const value = Math.sqrt(low) * Math.sqrt(high);
  const between = [low, high].toSorted((a, b) => a - b).map((end) => amountIn(end, asked));
  return { value, shown: `${amountIn(value, asked)}, the geometric middle of ${between.join(' and ')}` };
}

function completed(first: Piece, second: Piece): Piece {
  const factor = first.factor === 1 && first.number <= second.number ? second.factor : first.factor;
  return { number: first.number, factor, unit: first.unit === '' ? second.unit : first.unit };
}

/** In base units. */
function valueOf({ number, factor, unit }: Piece, asked: AskedFor): number | Unclear {
  const value = inBaseUnits(number * factor, unit, asked);
  if (typeof value !== 'number') return value;
  if (value === 0) return { unclear: 'It is more than nothing.' };
  return value > 0 && Number.isFinite(value) ? value : { unclear: 'That is more than can be counted.' };
}

function inBaseUnits(amount: number, unit: string, asked: AskedFor): number | Unclear {
  if (unit === '') return bare(amount, asked);
  if (/^nines?$/i.test(unit) && isDimensionless(asked.dimension)) return 1 - 10 ** -amount;
  const read = readAnswerUnit(unit, asked);
  if ('unclear' in read) return read;
  const value = fitUnit(amount, read, asked);
  if (value !== undefined) return value;
  const wanted = asked.unit === '' ? 'a plain number' : isShare(asked) ? 'a share' : `\`${unitName(asked)}\``;
  return { unclear: `That is ${kindOf(read.dimension)}; this asks for ${wanted}.` };
}

/** From here on a number of data without a unit is one of bytes: nobody means a million petabytes. */
const BYTES_FROM = 1e6;

/** Without a unit. Of a share 0.8 and 80 are the same; 1 may be all or a hundredth. */
function bare(amount: number, asked: AskedFor): number | Unclear {
  if (isData(asked) && amount >= BYTES_FROM) return amount;
  if (!isShare(asked) || amount > 1) return amount * askedFactor(asked);
  return amount < 1 ? amount : { unclear: 'This may be 1 % or all of it: write `1 %` or `100 %`.' };
}
