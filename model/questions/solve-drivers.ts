import { namesIn } from '../formula/evaluate.ts';
import type { Expression } from '../formula/parse.ts';
import type { Plan } from '../plan/plan.ts';
import { isDimensionless, sameDimension } from '../units/dimension.ts';
import { isLiteralError, parseLiteral } from '../units/literal.ts';
import type { Literal } from '../units/literal.ts';
import { refuse } from './goal-problem.ts';
import type { GoalInput } from './goal-problem.ts';
import { readAmount } from './solve-amount.ts';
import { quantityVariable, refuseName } from './solve-variable.ts';
import type { Variable } from './solve-variable.ts';

/** A load as it is asked for: what is set to which value, in base units. */
export type Load = readonly { readonly variable: Variable; readonly value: number }[];

/**
 * What the load of a plan is: the quantity that is named, else the assumptions that `growth` names; none where there are
 * neither.
 * @throws InvalidInput for a name that no quantity has.
 */
export function driversOf(plan: Plan, named: string | undefined): Variable[] {
  if (named !== undefined) return [driverNamed(plan, named, '--for', named)];
  return plan.growth.flatMap(({ quantity }) => {
    const found = plan.quantities.get(quantity);
    return found ? [quantityVariable(plan, found)] : [];
  });
}

/** An assumption that tiers' demand follows from, as an example of what could be named as the load. */
export function exampleDriver(plan: Plan): string | undefined {
  const visit = (expression: Expression): string | undefined => {
    for (const { name } of namesIn(expression)) {
      const quantity = plan.quantities.get(name);
      if (quantity?.kind === 'assumed' && !isDimensionless(quantity.dimension)) return name;
      const below = quantity && visit(quantity.expression);
      if (below !== undefined) return below;
    }
    return undefined;
  };
  const demands = plan.steps.flatMap(({ tiers }) => tiers).map(({ demand }) => visit(demand.expression));
  return demands.find((name) => name !== undefined);
}

/**
 * Reads a load: `users.daily_active=20M`, `20M users` of the one driver of that unit, or `3x`. What `growth` names stands for one
 * load: all of it changes by the same factor, unless `named` says that one quantity alone is meant.
 * @throws InvalidInput
 */
export function readLoad(plan: Plan, text: string, named: string | undefined): Load {
  const drivers = driversOf(plan, named);
  const equals = text.indexOf('=');
  if (equals >= 0) {
    const variable = driverNamed(plan, text.slice(0, equals).trim(), '--load', text);
    return scaled(drivers, variable, readLoadOf(plan, variable, text, equals + 1));
  }
  const literal = parseLiteral(text, plan.units);
  if (!isLiteralError(literal) && literal.unit === 'x' && drivers.length > 0) {
    const factor = positive(literal.value, text, 0);
    return drivers.map((variable) => ({ variable, value: variable.present * factor }));
  }
  if (!isLiteralError(literal) && isMeantAsFactor(literal, drivers)) {
    const example = drivers.map(({ unit }) => unit).find((unit) => unit !== '');
    const help = `write \`${text.trim()}x\` for times the present load${example ? `, or \`${text.trim()} ${example}\`` : ''}`;
    const message = 'a load is so many times the present one, or has a unit';
    return refuse('--load', text, { problem: 'UNIT', message, help, offset: 0, length: text.length });
  }
  const fitting = isLiteralError(literal)
    ? []
    : drivers.filter(({ dimension }) => sameDimension(dimension, literal.dimension));
  const [variable, ...others] = drivers.length === 1 ? drivers : fitting;
  if (variable && others.length === 0) return scaled(drivers, variable, readLoadOf(plan, variable, text, 0));
  const names = (fitting.length > 0 ? fitting : drivers).map(({ name }) => `\`${name}=…\``);
  const problem = isLiteralError(literal) ? 'TYPE' : 'UNKNOWN_NAME';
  const message = isLiteralError(literal) ? literal.message : 'it cannot be told what this is the load of';
  const help = `write ${[...names, '`3x`'].join(' or ')}`;
  return refuse('--load', text, { problem, message, help, offset: 0, length: text.length });
}

/** `10` of a load that is larger than that was surely meant as ten times the load. */
function isMeantAsFactor({ writtenUnit, value }: Literal, drivers: readonly Variable[]): boolean {
  return writtenUnit === '' && value > 0 && value < FACTOR_MAX && drivers.some(({ present }) => present > value);
}

/** Bare numbers from here on are loads. */
const FACTOR_MAX = 100;

/** The value of one driver, and the others changed by the same factor where it is one of several. */
function scaled(drivers: readonly Variable[], variable: Variable, value: number): Load {
  const own = { variable, value };
  if (!drivers.some(({ name }) => name === variable.name)) return [own];
  const factor = value / variable.present;
  return drivers.map((driver) =>
    driver.name === variable.name ? own : { variable: driver, value: driver.present * factor },
  );
}

function driverNamed(plan: Plan, name: string, path: GoalInput, source: string): Variable {
  const quantity = plan.quantities.get(name);
  return quantity ? quantityVariable(plan, quantity) : refuseName(path, source, name, [...plan.quantities.keys()]);
}

function readLoadOf(plan: Plan, variable: Variable, text: string, at: number): number {
  return positive(readAmount({ path: '--load', text, at, length: text.length - at }, variable, plan.units), text, at);
}

function positive(value: number, text: string, at: number): number {
  if (value > 0) return value;
  const place = { offset: at, length: text.length - at };
  return refuse('--load', text, {
    problem: 'RANGE',
    message: 'a load is above 0',
    help: 'write what arrives',
    ...place,
  });
}
