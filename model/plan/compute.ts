import { evaluate } from '../formula/evaluate.ts';
import type { Expression } from '../formula/parse.ts';
import type { Quantity } from './plan.ts';

/** Values of quantities and of formulas over them, in base units. */
export interface Evaluator {
  of(id: string): number;
  evaluate(expression: Expression): number;
}

/** Every quantity's value in base units, and a way to evaluate further formulas over them. */
export class Values implements Evaluator {
  readonly #quantities: ReadonlyMap<string, Quantity>;
  readonly #values: Map<string, number>;

  /**
   * Computes on demand, each quantity once. Cycles and unknown names were refused when the plan was read. `given`
   * values, in base units, take the place of what the plan says.
   */
  constructor(quantities: ReadonlyMap<string, Quantity>, given: ReadonlyMap<string, number> = new Map()) {
    this.#quantities = quantities;
    this.#values = new Map(given);
  }

  of(id: string): number {
    const known = this.#values.get(id);
    if (known !== undefined) return known;
    const quantity = this.#quantities.get(id);
    if (!quantity) throw new Error(`no quantity ${id}`);
    const value = this.evaluate(quantity.expression);
    this.#values.set(id, value);
    return value;
  }

  evaluate(expression: Expression): number {
    return evaluate(expression, (name) => this.of(name));
  }
}
