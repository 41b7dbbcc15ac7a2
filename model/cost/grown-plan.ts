import type { Expression } from '../formula/parse.ts';
import type { Plan, Quantity } from '../plan/plan.ts';

/** The plan with some of its assumptions, ranges included, `factor` times as large. Derived ones among them stay. */
export function grownPlan(plan: Plan, drivers: readonly string[], factor: number): Plan {
  const quantities = new Map(plan.quantities);
  for (const id of drivers) {
    const quantity = quantities.get(id);
    if (quantity?.expression.kind === 'literal') quantities.set(id, grown(quantity, quantity.expression, factor));
  }
  return { ...plan, quantities };
}

function grown(quantity: Quantity, expression: Expression & { kind: 'literal' }, factor: number): Quantity {
  const { range } = quantity;
  const literal = { ...expression.literal, value: expression.literal.value * factor };
  return {
    ...quantity,
    expression: { ...expression, literal },
    ...(range && {
      range: { ...range, low: range.low * factor, value: range.value * factor, high: range.high * factor },
    }),
  };
}
