import { functionNamed, namesIn } from '../formula/evaluate.ts';
import type { Expression } from '../formula/parse.ts';
import { powerOf } from '../formula/power.ts';
import type { Quantity } from '../plan/plan.ts';

type Compiled = (slots: Float64Array) => number;

/** Quantities made ready to be computed many times over: the fewest that have to be, in an order that works. */
export interface CompiledQuantities {
  /** Where each quantity's value lies. */
  readonly slotOf: ReadonlyMap<string, number>;
  /** Quantities that depend on an input, inputs left out. */
  readonly affected: readonly string[];
  /** Computes everything that depends on the inputs, whose slots have to be filled. */
  recompute(): void;
  readonly slots: Float64Array;
}

/**
 * Compiles quantities for changing `inputs`. All others keep the values that `valueOf` gives, in base units.
 * One closure a formula: some ten times faster than walking the trees.
 */
export function compileQuantities(
  quantities: ReadonlyMap<string, Quantity>,
  inputs: readonly string[],
  valueOf: (id: string) => number,
): CompiledQuantities {
  const slotOf = new Map([...quantities.keys()].map((id, slot) => [id, slot]));
  const slots = Float64Array.from(quantities.keys(), valueOf);
  const affected = affectedBy(quantities, new Set(inputs));
  const steps = affected.map((id) => {
    const quantity = quantities.get(id);
    if (!quantity) throw new Error(`no quantity ${id}`);
    return { slot: slotOf.get(id) ?? 0, compute: compile(quantity.expression, slotOf) };
  });
  const recompute = (): void => {
    for (const { slot, compute } of steps) slots[slot] = compute(slots);
  };
  return { slotOf, affected, slots, recompute };
}

/** What depends on the inputs, each after what it depends on. */
function affectedBy(quantities: ReadonlyMap<string, Quantity>, inputs: ReadonlySet<string>): string[] {
  const order: string[] = [];
  const known = new Map<string, boolean>();
  const visit = (id: string): boolean => {
    if (inputs.has(id)) return true;
    const before = known.get(id);
    if (before !== undefined) return before;
    const quantity = quantities.get(id);
    // Every name is visited, also after one has said yes, so that the order is complete.
    const depends = quantity
      ? namesIn(quantity.expression)
          .map(({ name }) => visit(name))
          .includes(true)
      : false;
    known.set(id, depends);
    if (depends) order.push(id);
    return depends;
  };
  for (const id of quantities.keys()) visit(id);
  return order;
}

function compile(expression: Expression, slotOf: ReadonlyMap<string, number>): Compiled {
  switch (expression.kind) {
    case 'literal': {
      const { value } = expression.literal;
      return () => value;
    }
    case 'name': {
      const slot = slotOf.get(expression.name) ?? 0;
      return (slots) => slots[slot] ?? NaN;
    }
    case 'negate': {
      const operand = compile(expression.operand, slotOf);
      return (slots) => -operand(slots);
    }
    case 'binary':
      return compileBinary(expression, slotOf);
    case 'call': {
      const { apply } = functionNamed(expression.callee);
      const parts = expression.args.map((argument) => compile(argument, slotOf));
      return (slots) => apply(parts.map((part) => part(slots)));
    }
  }
}

function compileBinary(expression: Expression & { kind: 'binary' }, slotOf: ReadonlyMap<string, number>): Compiled {
  const left = compile(expression.left, slotOf);
  const right = compile(expression.right, slotOf);
  const { operator } = expression;
  switch (operator) {
    case '+':
      return (slots) => left(slots) + right(slots);
    case '-':
      return (slots) => left(slots) - right(slots);
    case '*':
      return (slots) => left(slots) * right(slots);
    case '/':
      return (slots) => left(slots) / right(slots);
    case '^':
      return (slots) => powerOf(left(slots), right(slots));
  }
}
