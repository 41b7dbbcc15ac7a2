import type { Node, Source } from '../document/source.ts';
import { isDimensionless, sameDimension } from '../units/dimension.ts';
import type { Dimension } from '../units/dimension.ts';
import { isLiteralError, parseLiteral } from '../units/literal.ts';
import type { Literal } from '../units/literal.ts';
import { UnitTable } from '../units/unit.ts';

const TIME: Dimension = new Map([['time', 1]]);

/** Reads one number with its unit; undefined after what is wrong with it was reported. */
export function readNumber(source: Source, node: Node, what: string, units = UnitTable.standard): Literal | undefined {
  if (node === undefined) return undefined;
  const text = source.text_of(node, what);
  if (text === undefined) return undefined;
  const literal = parseLiteral(text, units);
  if (!isLiteralError(literal)) return literal;
  const within = { offset: literal.offset, length: literal.length };
  const help = literal.help ? { help: literal.help } : {};
  return source.report(literal.problem === 'unit' ? 'UNIT' : 'TYPE', node, literal.message, { ...help, within });
}

/** A time of at least `least_s` seconds, in seconds. */
export function readSeconds(source: Source, node: Node, what: string, least_s = 0): number | undefined {
  const literal = readNumber(source, node, what);
  if (!literal) return undefined;
  if (!sameDimension(literal.dimension, TIME)) {
    return source.report('UNIT', node, `${what} needs a unit of time`, { help: 'write `90 s` or `2 h`' });
  }
  if (literal.value >= least_s) return literal.value;
  return source.report('RANGE', node, `${what} is too short`);
}

/** A plain number or share of at least 0. */
export function readPlain(source: Source, node: Node, what: string): number | undefined {
  const literal = readNumber(source, node, what);
  if (!literal) return undefined;
  if (!isDimensionless(literal.dimension)) {
    return source.report('UNIT', node, `${what} should be a plain number or a share`, { help: 'write `3` or `70 %`' });
  }
  return literal.value >= 0 ? literal.value : source.report('RANGE', node, `${what} cannot be negative`);
}

/** A whole number from 1 up. */
export function readCount(source: Source, node: Node, what: string): number | undefined {
  if (node === undefined) return undefined;
  const text = source.text_of(node, what);
  if (text === undefined) return undefined;
  const value = Number(text.replaceAll(/[,_]/g, ''));
  if (Number.isInteger(value) && value >= 1) return value;
  return source.report('TYPE', node, `${what} should be a whole number from 1 up`);
}
