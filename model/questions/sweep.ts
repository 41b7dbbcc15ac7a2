import { Values } from '../plan/compute.ts';
import type { ArchitectureStep, Plan } from '../plan/plan.ts';
import { inUnit } from '../estimate/display-unit.ts';
import type { DisplayUnit } from '../estimate/display-unit.ts';
import { goalFigures } from './goal-figures.ts';
import type { Variable } from './solve-variable.ts';
import { findOutput, tierOutputs } from './sweep-outputs.ts';
import type { Output } from './sweep-outputs.ts';
import { sweepPoints } from './sweep-points.ts';
import { saturations } from './sweep-saturation.ts';
import type { Saturation } from './sweep-saturation.ts';
import { whyNoValue } from './why-no-value.ts';
import type { NoValue } from './why-no-value.ts';

export const SWEEP_FORMAT_VERSION = 1;

/** One value varied, others followed: what `sweep --json` prints. */
export interface Sweep {
  readonly formatVersion: typeof SWEEP_FORMAT_VERSION;
  readonly kind: 'sweep';
  readonly plan: string;
  /** The step whose tiers are shown; null for a plan without architecture. */
  readonly step: { readonly step: number; readonly name: string } | null;
  readonly variable: {
    readonly name: string;
    /** Of `present` and `points`. */
    readonly unit: string;
    /** What it is without the sweep. */
    readonly present: number;
    readonly scale: 'linear' | 'log';
    /** The formula of a derived quantity, which the sweep passes over. */
    readonly overrides?: string;
  };
  readonly points: readonly number[];
  readonly outputs: readonly SweptOutput[];
}

export interface SweptOutput {
  /** A quantity, a tier, or `cost.total`. */
  readonly name: string;
  readonly of: Output['of'];
  readonly title?: string;
  /** Of `present` and `values`. */
  readonly unit: string;
  readonly present: Reading;
  /** One for each point. */
  readonly values: readonly Reading[];
  /** Why the first reading that is no number is none. */
  readonly missing?: { readonly at: number } & NoValue;
  /** Of a tier: where it passes 100 %, in the variable's unit. */
  readonly saturations?: readonly Saturation[];
}

/** A number; `unstable` where work arrives faster than it is done, `undefined` where there is no value for another reason. */
export type Reading = number | 'unstable' | 'undefined';

export interface SweepQuestion {
  readonly variable: Variable;
  /** In base units, as `to`. */
  readonly from: number;
  readonly to: number;
  readonly points: number;
  readonly log: boolean;
  /** Names that `findOutput` knows; none for the utilisation of every tier of the step. */
  readonly show: readonly string[];
  readonly step: ArchitectureStep | undefined;
}

/**
 * Varies one value of a plan between two and reads others at every point. A value that is not finite is said to be none, and
 * the sweep goes on.
 * @throws RangeError for an unknown name to show, and for what `sweepPoints` refuses.
 */
export function sweep(plan: Plan, question: SweepQuestion): Sweep {
  const { variable, step, show, log } = question;
  const outputs =
    show.length === 0 ? tierOutputs(step) : [...new Set(show)].map((name) => outputNamed(plan, step, name));
  const unit = { symbol: variable.unit, factor: variable.unitFactor };
  const points = pointsOf(question, unit);
  const formula = plan.quantities.get(variable.name);
  const overrides = formula?.kind === 'derived' ? { overrides: formula.formula } : {};
  return {
    formatVersion: SWEEP_FORMAT_VERSION,
    kind: 'sweep',
    plan: plan.name,
    step: step ? { step: step.step, name: step.name } : null,
    variable: {
      name: variable.name,
      unit: unit.symbol,
      present: inUnit(variable.present, unit),
      scale: log ? 'log' : 'linear',
      ...overrides,
    },
    points,
    outputs: readOutputs(plan, question, outputs, points),
  };
}

function outputNamed(plan: Plan, step: ArchitectureStep | undefined, name: string): Output {
  const found = findOutput(plan, step, name);
  if (!found) throw new RangeError(`nothing is called ${name} in ${plan.name}`);
  return found;
}

/** In the variable's unit, so that they are round where people count in it. */
function pointsOf({ from, to, points, log, variable }: SweepQuestion, unit: DisplayUnit): number[] {
  // A count may have become a share of one in the unit it is shown in; then nothing is whole there.
  const whole = isWhole(variable) && [from, to].every(Number.isInteger);
  return sweepPoints({ from: inUnit(from, unit), to: inUnit(to, unit), points, log, whole });
}

function isWhole({ whole, unitFactor }: Variable): boolean {
  return whole && unitFactor === 1;
}

function readOutputs(
  plan: Plan,
  { variable, step }: SweepQuestion,
  outputs: readonly Output[],
  points: readonly number[],
): SweptOutput[] {
  const figuresAt = (x: number): ((name: string) => number) =>
    goalFigures(plan, step, variable.changeTo(x * variable.unitFactor));
  const figures = points.map(figuresAt);
  const atPresent = goalFigures(plan, step);
  const whole = isWhole(variable) && points.every(Number.isInteger);
  return outputs.map((output) => {
    const { name, of, title, unit, figure } = output;
    const reasonAt = (x: number): NoValue => whyMissing(plan, variable, output, x);
    const values = points.map((x, index) => reading(figures[index]?.(figure) ?? NaN, unit, () => reasonAt(x)));
    const first = points[values.findIndex((value) => typeof value === 'string')];
    const isOver = (x: number): boolean => !(figuresAt(x)(figure) <= 1);
    return {
      name,
      of,
      ...(title === undefined ? {} : { title }),
      unit: unit.symbol,
      present: reading(atPresent(figure), unit, () => ({ problem: 'NOT_FINITE', message: '' })),
      values,
      ...(first === undefined ? {} : { missing: { at: first, ...reasonAt(first) } }),
      ...(of === 'utilisation' ? { saturations: saturations(points, isOver, whole) } : {}),
    };
  });
}

function reading(value: number, unit: DisplayUnit, reason: () => NoValue): Reading {
  if (Number.isFinite(value)) return inUnit(value, unit);
  return reason().problem === 'UNSTABLE' ? 'unstable' : 'undefined';
}

function whyMissing(plan: Plan, variable: Variable, { formulas }: Output, x: number): NoValue {
  const change = variable.changeTo(x * variable.unitFactor);
  const values = new Values(plan.quantities, 'quantities' in change ? change.quantities : new Map());
  for (const formula of formulas) {
    const why = whyNoValue(formula, plan, values);
    if (why) return why;
  }
  return { problem: 'NOT_FINITE', message: 'this divides by zero' };
}
