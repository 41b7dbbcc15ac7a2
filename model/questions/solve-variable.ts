import { providedInstances } from '../cost/step-cost.ts';
import { nearest } from '../document/nearest.ts';
import { Values } from '../plan/compute.ts';
import type { ArchitectureStep, Plan, Quantity, TierFormula } from '../plan/plan.ts';
import { baseUnitSymbol } from '../units/dimension.ts';
import type { Dimension } from '../units/dimension.ts';
import { otherSteps } from './goal-figures.ts';
import type { Change } from './goal-figures.ts';
import { refuse } from './goal-problem.ts';
import type { GoalInput } from './goal-problem.ts';

/** A value that may change so that a goal is met: a quantity's, or instances or capacity of a tier. */
export interface Variable {
  readonly name: string;
  readonly dimension: Dimension;
  /** As it is shown, and how many base units one is. */
  readonly unit: string;
  readonly unitFactor: number;
  /** What a bare number is taken in. */
  readonly writtenUnit: string;
  /** In base units, as all values here. */
  readonly present: number;
  /** Counts that are whole now stay whole. */
  readonly whole: boolean;
  readonly least: number;
  readonly most: number;
  readonly changeTo: (value: number) => Change;
}

const MEASURED = new Set(['time', 'data', 'money']);
/** How many times the present value to look, where nothing else bounds it. */
const FAR = 1e6;

/**
 * The variable of that name, as `--set` takes it.
 * @throws InvalidInput for a name that nothing has, with the nearest one.
 */
export function variableOf(plan: Plan, step: ArchitectureStep | undefined, name: string): Variable {
  const quantity = plan.quantities.get(name);
  if (quantity) return quantityVariable(plan, quantity);
  const isOf = (id: string): boolean => name === `${id}.instances` || name === `${id}.capacity`;
  const tier = step?.tiers.find(({ id }) => isOf(id));
  if (!tier) {
    const names = [...plan.quantities.keys(), ...tierNames(step)];
    return refuseName('--for', name, name, names, otherSteps(plan, step, isOf));
  }
  const values = new Values(plan.quantities);
  const key = name.endsWith('.instances') ? 'instances' : 'capacity';
  const present = key === 'instances' ? providedInstances(tier, values) : values.evaluate(tier.capacity.expression);
  const whole = key === 'instances';
  return {
    name,
    ...unitOf(tier[key], whole ? 'instance' : ''),
    present,
    whole,
    least: whole ? 1 : 0,
    most: Math.min(present * FAR, (whole && tier.maxInstances) || Infinity),
    changeTo: (value) => ({ tier: tier.id, key, value }),
  };
}

/** A quantity as a variable. Shares stay between 0 and 100 %; what is above 0 does not become negative. */
export function quantityVariable(plan: Plan, quantity: Quantity): Variable {
  const { id, dimension } = quantity;
  const present = new Values(plan.quantities).of(id);
  const unit = unitOf(quantity, '');
  const share = unit.unit === '%' && present >= 0 && present <= 1;
  const far = (Math.abs(present) || unit.unitFactor) * FAR;
  return {
    name: id,
    ...unit,
    present,
    whole: isCounted(dimension) && Number.isInteger(present),
    least: present < 0 ? -far : 0,
    most: share ? 1 : present < 0 ? 0 : far,
    changeTo: (value) => ({ quantities: new Map([[id, value]]) }),
  };
}

/** Refuses a name that nothing has: `help` says why, else the nearest name does. */
export function refuseName(
  path: GoalInput,
  source: string,
  name: string,
  names: readonly string[],
  help: string | undefined = undefined,
): never {
  const near = nearest(name, names);
  const instead = help ?? (near ? `did you mean \`${near}\`?` : '`shop-plan estimate --full` lists all names');
  const place = { offset: Math.max(0, source.indexOf(name)), length: name.length };
  const message = `nothing is called \`${name}\``;
  return refuse(path, source, { problem: 'UNKNOWN_NAME', message, help: instead, ...place });
}

function tierNames(step: ArchitectureStep | undefined): string[] {
  return (step?.tiers ?? []).flatMap(({ id }) => [`${id}.instances`, `${id}.capacity`]);
}

function unitOf(
  { expression, dimension, unit }: TierFormula & Pick<Quantity, 'unit'>,
  plain: string,
): Pick<Variable, 'dimension' | 'unit' | 'unitFactor' | 'writtenUnit'> {
  if (unit) return { dimension, unit: unit.symbol, unitFactor: unit.factor, writtenUnit: unit.symbol };
  if (expression.kind === 'literal' && expression.literal.unit !== '') {
    const { unit: symbol, factor, writtenUnit } = expression.literal;
    return { dimension, unit: symbol, unitFactor: factor, writtenUnit };
  }
  const symbol = baseUnitSymbol(dimension);
  return { dimension, unit: symbol || plain, unitFactor: 1, writtenUnit: symbol };
}

function isCounted(dimension: Dimension): boolean {
  const [only, ...more] = dimension;
  return only !== undefined && more.length === 0 && only[1] === 1 && !MEASURED.has(only[0]);
}
