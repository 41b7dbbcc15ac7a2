import type { Evaluator } from '../../plan/compute.ts';
import type { TierFormula } from '../../plan/plan.ts';

/** Values of a plan's formulas, where it has them; of a range the central one. */
export class Figures {
  readonly values: Evaluator;

  constructor(values: Evaluator) {
    this.values = values;
  }

  /** Without a formula, `otherwise`. RangeError below 0, and where a setting took the formula beyond what is possible. */
  number<T>(formula: TierFormula | null, otherwise: T): number | T {
    if (!formula) return otherwise;
    const value = this.values.evaluate(formula.expression);
    if (value >= 0 && value < Infinity) return value;
    throw new RangeError(`\`${formula.formula}\` comes to ${value}, which nothing can behave by`);
  }

  /** The nearest whole number, `least` or more. */
  count<T>(formula: TierFormula | null, otherwise: T, least = 1): number | T {
    if (!formula) return otherwise;
    return Math.max(least, Math.round(this.number(formula, least)));
  }

  /** As `number`, at most 1. */
  share(formula: TierFormula | null, otherwise: number): number {
    return Math.min(1, this.number(formula, otherwise));
  }
}
