import { UnitTable } from './unit.ts';
import { DIMENSIONLESS } from './dimension.ts';
import type { Dimension } from './dimension.ts';

/** A number with its unit as somebody wrote it: `10M users`, `$0.504/node/h`, `80 %`, `7,000 req/s`. */
export interface Literal {
  /** In base units. */
  readonly value: number;
  readonly dimension: Dimension;
  /** The unit in its usual spelling (`user` for `users`), `''` when there is none. */
  readonly unit: string;
  /** The unit as written. */
  readonly writtenUnit: string;
  /** Base units per written unit. */
  readonly factor: number;
  /** One unit in the last significant place, in base units: 1000 for `7,000`, 0.01 PB for `1.25 PB`. */
  readonly resolution: number;
}

export interface LiteralError {
  readonly problem: 'number' | 'unit';
  readonly message: string;
  readonly help?: string;
  readonly offset: number;
  readonly length: number;
}

const NUMBER =
  /^\s*([+-]?)(\$?)\s*(\d{1,3}(?:,\d{3})+|\d[\d_]*)(\.\d+)?(?:[eE]([+-]?\d+))?\s*(?:(k|K|M|bn)(?![A-Za-z]))?/;
const MULTIPLES: Readonly<Record<string, number>> = { k: 1e3, K: 1e3, M: 1e6, bn: 1e9 };

/** Reads a literal; returns a `LiteralError` for what is not one. `units` holds the words that may be units. */
export function parseLiteral(text: string, units: UnitTable = UnitTable.standard): Literal | LiteralError {
  const match = NUMBER.exec(text);
  if (!match) {
    const help = 'write a number and its unit, as in `250 ms` or `10M users`';
    return { problem: 'number', message: `\`${text}\` is not a number`, help, offset: 0, length: text.length };
  }
  const [matched, sign, dollar, whole = '0', fraction = '', exponent = '0', multiple = ''] = match;
  const digits = whole.replaceAll(/[,_]/g, '');
  const scale = 10 ** Number(exponent) * (MULTIPLES[multiple] ?? 1);
  const unitText = `${dollar}${text.slice(matched.length)}`;
  const unitTrimmed = unitText.trim();
  const unit = unitTrimmed === '' ? { dimension: DIMENSIONLESS, factor: 1, symbol: '' } : units.parse(unitTrimmed);
  if ('unknown' in unit) {
    const offset = matched.length + (unitText.length - unitText.trimStart().length) + unit.offset - (dollar ? 1 : 0);
    const message =
      unit.unknown === '' ? `the unit \`${unitTrimmed}\` is incomplete` : `\`${unit.unknown}\` is not a unit`;
    return { problem: 'unit', message, offset, length: Math.max(1, unit.unknown.length) };
  }
  const value = Number(`${sign}${digits}${fraction}`) * scale * unit.factor;
  const resolution = lastPlace(digits, fraction) * scale * unit.factor;
  return {
    value,
    dimension: unit.dimension,
    unit: unit.symbol,
    writtenUnit: unitTrimmed,
    factor: unit.factor,
    resolution,
  };
}

export function isLiteralError(literal: Literal | LiteralError): literal is LiteralError {
  return 'problem' in literal;
}

/** Trailing zeros of a whole number are taken as not significant: `7,000` is written to the thousand. */
function lastPlace(digits: string, fraction: string): number {
  if (fraction !== '') return 10 ** -(fraction.length - 1);
  const zeros = /0*$/.exec(digits)?.[0].length ?? 0;
  return digits.length === zeros ? 1 : 10 ** zeros;
}
