import type { Dimension } from '../units/dimension.ts';
import { baseUnitSymbol, sameDimension } from '../units/dimension.ts';
import { isLiteralError, parseLiteral } from '../units/literal.ts';
import type { UnitTable } from '../units/unit.ts';
import { refuse } from './goal-problem.ts';
import type { GoalInput } from './goal-problem.ts';

/** What an amount has to be in. */
export interface AmountOf {
  readonly dimension: Dimension;
  /** What a bare number is taken in. */
  readonly writtenUnit: string;
}

/**
 * Reads one number of an option, in base units. A bare number takes the unit of what it stands for, as with `--set`.
 * `at` is where it stands in the option's text.
 * @throws InvalidInput
 */
export function readAmount(
  option: { readonly path: GoalInput; readonly text: string; readonly at: number; readonly length: number },
  { dimension, writtenUnit }: AmountOf,
  units: UnitTable,
): number {
  const { path, text, at, length } = option;
  const amount = text.slice(at, at + length);
  const bare = parseLiteral(amount, units);
  const takesUnit = !isLiteralError(bare) && bare.writtenUnit === '' && writtenUnit !== '';
  const literal = takesUnit ? parseLiteral(`${amount.trim()} ${writtenUnit}`, units) : bare;
  if (isLiteralError(literal)) {
    const problem = literal.problem === 'unit' ? 'UNIT' : 'TYPE';
    const help = literal.help === undefined ? {} : { help: literal.help };
    const place = { offset: at + literal.offset, length: literal.length };
    return refuse(path, text, { problem, message: literal.message, ...help, ...place });
  }
  if (sameDimension(literal.dimension, dimension)) return literal.value;
  const wanted = dimension.size === 0 ? 'a plain number' : `\`${baseUnitSymbol(dimension)}\``;
  const message = `this is in \`${literal.unit || 'plain numbers'}\`, not in ${wanted}`;
  return refuse(path, text, { problem: 'DIMENSION', message, help: 'keep the unit', offset: at, length });
}
