import { namesIn } from '../formula/evaluate.ts';
import type { Expression, FormulaProblem } from '../formula/parse.ts';
import { whyNotFinite } from '../formula/why-not-finite.ts';
import type { Evaluator } from '../plan/compute.ts';
import type { Plan } from '../plan/plan.ts';

export interface NoValue {
  readonly problem: FormulaProblem['problem'];
  readonly message: string;
  /** The quantity whose own formula is at fault; absent when it is the formula that was asked about. */
  readonly quantity?: string;
}

/** Why a formula has no finite value, followed down through the quantities that it names; undefined when it has one. */
export function whyNoValue(expression: Expression, plan: Plan, values: Evaluator): NoValue | undefined {
  const here = whyNotFinite(expression, (name) => values.of(name));
  if (here) return { problem: here.problem, message: here.message };
  for (const { name } of namesIn(expression)) {
    const quantity = plan.quantities.get(name);
    if (!quantity || Number.isFinite(values.of(name))) continue;
    const below = whyNoValue(quantity.expression, plan, values);
    if (below) return { quantity: name, ...below };
  }
  return undefined;
}
