import { evaluate } from '../formula/evaluate.ts';
import type { Expression } from '../formula/parse.ts';
import type { Plan } from './plan.ts';

/** Every quantity's value in base units, and a way to evaluate further formulas over them. */
export class Values {
  readonly #plan: Plan;
  readonly #values = new Map<string, number>();

  /** Computes on demand, each quantity once. The plan was checked for cycles and unknown names when it was read. */
  constructor(plan: Plan) {
    this.#plan = plan;
  }

  of(id: string): number {
    const known = this.#values.get(id);
    if (known !== undefined) return known;
    const quantity = this.#plan.quantities.get(id);
    if (!quantity) throw new Error(`no quantity ${id}`);
    const value = this.evaluate(quantity.expression);
    this.#values.set(id, value);
    return value;
  }

  evaluate(expression: Expression): number {
    return evaluate(expression, (name) => this.of(name));
  }
}
