import { isScalar } from 'yaml';
import type { Node, Source } from '../document/source.ts';
import { namesIn } from '../formula/evaluate.ts';
import { isDimensionless } from '../units/dimension.ts';
import type { Dimension } from '../units/dimension.ts';
import type { Values } from './compute.ts';
import type { Quantity, TierFormula } from './plan.ts';
import { readCheckedFormula, reportNotFinite } from './read-formula.ts';
import type { FormulaContext } from './read-formula.ts';
import { choose } from './read-requests.ts';

/** What formulas are read with whose values are checked, too. */
export interface AmountContext extends FormulaContext {
  readonly quantities: ReadonlyMap<string, Quantity>;
  readonly values: Values;
}

/** What a number has to be. */
export interface Amount {
  readonly fits: (dimension: Dimension) => boolean;
  /** What to say of one that does not fit. */
  readonly should: string;
  readonly example: string;
  readonly least: number;
  readonly most: number;
  /** Whether `least` itself is too small. */
  readonly above: boolean;
  readonly whole: boolean;
}

const MEASURES = ['time', 'data', 'money'];

/** Counted things, in any combination: `3`, `50 message/worker`. */
function isCounted(dimension: Dimension): boolean {
  return !MEASURES.some((measure) => dimension.has(measure));
}

function isTime(dimension: Dimension): boolean {
  return dimension.size === 1 && dimension.get('time') === 1;
}

function isRate(dimension: Dimension): boolean {
  return dimension.get('time') === -1 && !dimension.has('data') && !dimension.has('money');
}

const ANY = { least: 0, most: Infinity, above: false, whole: false };
const TIME = { ...ANY, fits: isTime, should: 'should be a time', example: '`250 ms` or `2 s`' };

/** The kinds of numbers that behaviour is described with. */
export const AMOUNTS = {
  time: TIME,
  /** A time that is not nothing. */
  span: { ...TIME, above: true },
  share: { ...ANY, fits: isDimensionless, should: 'should be a share', example: '`80 %` or `0.8`', most: 1 },
  plain: { ...ANY, fits: isDimensionless, should: 'should be a plain number', example: '`1.5`' },
  cv: { ...ANY, fits: isDimensionless, should: 'should be a plain number', example: '`1.5`', most: 1000 },
  factor: { ...ANY, fits: isDimensionless, should: 'should be a plain number', example: '`2`', least: 1 },
  /** How often on average. */
  times: { ...ANY, fits: isCounted, should: 'should be a number of times', example: '`3`, or a formula that counts' },
  count: { ...ANY, fits: isCounted, should: 'should be a count', example: '`4`', least: 1, whole: true },
  countOrNone: { ...ANY, fits: isCounted, should: 'should be a count', example: '`4`', whole: true },
  rate: { ...ANY, fits: isRate, should: 'should be a rate', example: '`100 req/s`', above: true },
} as const satisfies Readonly<Record<string, Amount>>;

/** Reads a number or formula; undefined when there is none, or after what is wrong with it was reported. */
export function readAmount(context: AmountContext, node: Node, what: string, amount: Amount): TierFormula | undefined {
  const read = readCheckedFormula(context, node, what);
  if (!read) return undefined;
  const { source } = context;
  if (!amount.fits(read.dimension)) {
    const problem = isDimensionless(read.dimension) ? 'UNIT' : 'DIMENSION';
    return source.report(problem, node, `${what} ${amount.should}`, { help: `write ${amount.example}` });
  }
  const value = valueOf(context, node, read);
  if (value === undefined) return undefined;
  const low = amount.above ? value <= amount.least : value < amount.least;
  if (low || value > amount.most) {
    const help = `write ${bounds(amount)}`;
    return source.report(value < 0 ? 'NEGATIVE' : 'RANGE', node, `${what} cannot be ${read.formula.trim()}`, { help });
  }
  // Of a formula the nearest whole number counts.
  if (amount.whole && read.expression.kind === 'literal' && !Number.isInteger(value))
    return source.report('TYPE', node, `${what} should be a whole number`);
  return read;
}

function bounds({ least, most, above }: Amount): string {
  if (most === 1) return 'something from 0 to 100 %';
  if (most < Infinity) return `${least} to ${most}`;
  return above ? `more than ${least}` : `${least} or more`;
}

/** A formula's value; undefined when a name in it has none, or after it was reported that there is no finite one. */
export function valueOf(
  { source, quantities, values }: AmountContext,
  node: Node,
  { expression }: TierFormula,
): number | undefined {
  if (namesIn(expression).some(({ name }) => !quantities.has(name))) return undefined;
  const value = values.evaluate(expression);
  if (Number.isFinite(value)) return value;
  reportNotFinite(source, node, expression, values);
  return undefined;
}

const YES: Readonly<Record<string, boolean>> = { yes: true, no: false, true: true, false: false };

/** `yes` or `no`; undefined when there is neither. */
export function readYes(source: Source, node: Node, what: string): boolean | undefined {
  if (node === undefined) return undefined;
  const text = source.text_of(node, what);
  if (text === undefined) return undefined;
  return YES[text] ?? (choose(source, node, what, ['yes', 'no']) && undefined);
}

/** What a later step writes in place of something that it no longer has. */
export function isNone(node: Node): boolean {
  return isScalar(node) && node.value === 'none';
}
