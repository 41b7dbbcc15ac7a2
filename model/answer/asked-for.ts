import { withoutNoise } from '../estimate/display-unit.ts';
import { countText, shareText, showFigure, writtenOut } from '../lesson/show-figure.ts';
import { baseUnitSymbol, DIMENSIONLESS } from '../units/dimension.ts';
import type { Dimension } from '../units/dimension.ts';
import { formatInBaseUnit } from '../units/format.ts';
import { plural } from '../units/plural.ts';
import type { UnitTable } from '../units/unit.ts';

/** Words that are shortened, and count nothing. */
const NO_PLURAL = ['min', 'bit'];

/** What an answer has to be. */
export interface AskedFor {
  readonly dimension: Dimension;
  /** The unit to ask for, as people write it: `req/s`, `%`, `$/month`, `min/year`; empty for a plain number. */
  readonly unit: string;
  /** The words that may be units. */
  readonly units: UnitTable;
  /** What is counted, in the question's own words, where the unit has another one: `short address`. */
  readonly counts?: string;
  /** The question: what it counts may be named by any of its words. */
  readonly asks?: string;
}

const isWord = (unit: string): boolean => /^[a-z]{3,}$/.test(unit) && !NO_PLURAL.includes(unit);

/** An answer in a unit that is known to be one, e.g. that of a lesson's question; a plain number for any other text. */
export function askedIn(unit: string, units: UnitTable): AskedFor {
  const read = unit === '' ? undefined : units.parse(unit);
  const isUnit = read !== undefined && !('unknown' in read);
  return { dimension: isUnit ? read.dimension : DIMENSIONLESS, unit: isUnit ? unit : '', units };
}

export const isShare = ({ unit }: AskedFor): boolean => unit === '%';
/** A plain count of things, whatever they are called. */
export const isCount = (asked: AskedFor): boolean => isWord(asked.unit) && !isTime(asked);
export const isData = ({ dimension }: AskedFor): boolean => dimension.has('data');
export const isTime = ({ dimension }: AskedFor): boolean => dimension.size === 1 && dimension.get('time') === 1;

/** Base units for one of the unit that is asked for; 1 where it is none. */
export function askedFactor({ unit, units }: AskedFor): number {
  const read = unit === '' ? undefined : units.parse(unit);
  return read === undefined || 'unknown' in read ? 1 : read.factor;
}

/** A value in base units as it reads best: bytes and times in a unit of their own choice, all else in what is asked for. */
export function amountIn(value: number, asked: AskedFor): string {
  const base = baseUnitSymbol(asked.dimension);
  if (base === 's' || base === 'B' || base === 'B/s') return formatInBaseUnit(value, base);
  if (asked.counts !== undefined) return countText(value, asked.counts);
  const factor = askedFactor(asked);
  if (!isShare(asked)) return showFigure(value, asked.dimension, { symbol: asked.unit, factor });
  return shareText(withoutNoise(value / factor));
}

/** The unit as a prompt names it: `req/s`, `servers`, `short addresses`, `$/month`; empty for a plain number. */
export function unitName(asked: AskedFor): string {
  const { unit, counts } = asked;
  const money = /^USD/.exec(unit)?.[0];
  if (money !== undefined) return `$${unit.slice(money.length)}`;
  return isWord(unit) ? plural(counts ?? writtenOut(unit)) : unit;
}

/** How an answer may be written, with a number that says nothing about the right one. */
export function example(asked: AskedFor): string {
  const unit = unitName(asked);
  if (unit.startsWith('$')) return `\`$20k${unit.slice(1)}\``;
  return unit === '' ? '`20` or `20k`' : `\`20 ${unit}\``;
}
