import { baseUnitSymbol, isDimensionless, multiply, power, sameDimension } from '../units/dimension.ts';
import type { Dimension } from '../units/dimension.ts';
import { nearest } from '../document/nearest.ts';
import { FUNCTIONS } from './functions.ts';
import type { FormulaFunction } from './functions/formula-function.ts';
import type { Expression, FormulaProblem, Operator } from './parse.ts';
import { powerOf } from './power.ts';

/** The names a formula refers to, each once, in order of appearance. */
export function namesIn(expression: Expression): (Expression & { kind: 'name' })[] {
  return unique(placesOfNames(expression));
}

/** Every place at which a formula has a name, from left to right. */
export function placesOfNames(expression: Expression): (Expression & { kind: 'name' })[] {
  switch (expression.kind) {
    case 'literal':
      return [];
    case 'name':
      return [expression];
    case 'negate':
      return placesOfNames(expression.operand);
    case 'binary':
      return [...placesOfNames(expression.left), ...placesOfNames(expression.right)];
    case 'call':
      return expression.args.flatMap(placesOfNames);
  }
}

/**
 * The dimension of a formula's result, given its names' dimensions. Every clash of units is added to `problems`;
 * undefined when the result cannot be told. A name whose own formula failed (`null`) is passed over in silence, so
 * that one mistake is reported once.
 */
export function dimensionOf(
  expression: Expression,
  dimensions: ReadonlyMap<string, Dimension | null>,
  problems: FormulaProblem[],
): Dimension | undefined {
  const recurse = (inner: Expression): Dimension | undefined => dimensionOf(inner, dimensions, problems);
  switch (expression.kind) {
    case 'literal':
      return expression.literal.dimension;
    case 'name':
      return dimensions.get(expression.name) ?? undefined;
    case 'negate':
      return recurse(expression.operand);
    case 'binary':
      return binaryDimension(expression, recurse(expression.left), recurse(expression.right), problems);
    case 'call':
      return callDimension(expression, expression.args.map(recurse), problems);
  }
}

/** The value of a formula in base units, given its names' values. Names and functions were checked before. */
export function evaluate(expression: Expression, valueOf: (name: string) => number): number {
  switch (expression.kind) {
    case 'literal':
      return expression.literal.value;
    case 'name':
      return valueOf(expression.name);
    case 'negate':
      return -evaluate(expression.operand, valueOf);
    case 'binary':
      return operate(expression.operator, evaluate(expression.left, valueOf), evaluate(expression.right, valueOf));
    case 'call':
      return functionNamed(expression.callee).apply(expression.args.map((argument) => evaluate(argument, valueOf)));
  }
}

function operate(operator: Operator, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '^':
      return powerOf(left, right);
  }
}

function binaryDimension(
  expression: Expression & { kind: 'binary' },
  left: Dimension | undefined,
  right: Dimension | undefined,
  problems: FormulaProblem[],
): Dimension | undefined {
  const { operator } = expression;
  if (!left || !right) return undefined;
  if (operator === '*') return multiply(left, right);
  if (operator === '/') return multiply(left, right, -1);
  if (operator === '^') return powerDimension(expression, left, right, problems);
  if (sameDimension(left, right)) return left;
  const verb = operator === '+' ? 'added to' : 'subtracted from';
  const [first, second] = operator === '+' ? [left, right] : [right, left];
  problems.push({
    problem: 'DIMENSION',
    message: `${named(first)} cannot be ${verb} ${named(second)}`,
    help: 'bring both sides to the same unit',
    offset: expression.offset,
    length: expression.length,
  });
  return undefined;
}

function powerDimension(
  expression: Expression & { kind: 'binary' },
  left: Dimension,
  right: Dimension,
  problems: FormulaProblem[],
): Dimension | undefined {
  if (isDimensionless(left) && isDimensionless(right)) return left;
  const exponent = expression.right.kind === 'literal' ? expression.right.literal.value : Number.NaN;
  if (Number.isInteger(exponent) && isDimensionless(right)) return power(left, exponent);
  const { offset, length } = expression.right;
  const message = `${named(left)} can only be raised to a whole number`;
  problems.push({ problem: 'DIMENSION', message, help: 'write the exponent as a plain number', offset, length });
  return undefined;
}

function callDimension(
  expression: Expression & { kind: 'call' },
  args: readonly (Dimension | undefined)[],
  problems: FormulaProblem[],
): Dimension | undefined {
  const called = FUNCTIONS.get(expression.callee);
  const place = { offset: expression.offset, length: expression.callee.length };
  if (!called) {
    const near = nearest(expression.callee, FUNCTIONS.keys());
    const help = near ? `did you mean \`${near}\`?` : `functions: ${[...FUNCTIONS.keys()].join(', ')}`;
    problems.push({ problem: 'UNKNOWN_NAME', message: `no function \`${expression.callee}\``, help, ...place });
    return undefined;
  }
  const expected = called.parameters.length;
  if (called.variadic ? args.length < expected : args.length !== expected) {
    const help = `write \`${called.name}(${called.parameters.join(', ')})\``;
    const message = `\`${called.name}\` takes ${expected} values, not ${args.length}`;
    problems.push({ problem: 'FORMULA', message, help, ...place });
    return undefined;
  }
  const known = args.filter((dimension) => dimension !== undefined);
  if (known.length < args.length) return undefined;
  const result = called.dimension(known);
  if (!('wrong' in result)) return result;
  const argument = expression.args[result.argument] ?? expression;
  const which = called.parameters[result.argument] ?? `value ${result.argument + 1}`;
  problems.push({
    problem: 'DIMENSION',
    message: `\`${which}\` of \`${called.name}\` ${result.wrong}`,
    offset: argument.offset,
    length: argument.length,
  });
  return undefined;
}

/** A function whose name was checked before. */
export function functionNamed(name: string): FormulaFunction {
  const found = FUNCTIONS.get(name);
  if (!found) throw new Error(`function ${name} was not checked`);
  return found;
}

function named(dimension: Dimension): string {
  const symbol = baseUnitSymbol(dimension);
  return symbol === '' ? 'a plain number' : `\`${symbol}\``;
}

function unique<T extends { readonly name: string }>(names: readonly T[]): T[] {
  return [...new Map(names.map((entry) => [entry.name, entry])).values()];
}
