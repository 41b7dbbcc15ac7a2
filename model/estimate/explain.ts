import type { EstimatedQuantity, Estimate } from './estimate.ts';

/** A quantity with everything it follows from, down to the assumptions. */
export interface Explanation {
  readonly quantity: EstimatedQuantity;
  readonly inputs: readonly Explanation[];
  /** True where the same quantity was already shown in full further up. */
  readonly repeated: boolean;
}

/** The derivation of one quantity as a tree; null when the estimate has none of that name. */
export function explain(estimate: Estimate, id: string): Explanation | null {
  const byId = new Map(estimate.quantities.map((quantity) => [quantity.id, quantity]));
  const shown = new Set<string>();
  const visit = (name: string): Explanation | null => {
    const quantity = byId.get(name);
    if (!quantity) return null;
    const repeated = shown.has(name) && (quantity.inputs ?? []).length > 0;
    shown.add(name);
    const inputs = repeated ? [] : (quantity.inputs ?? []);
    return { quantity, repeated, inputs: inputs.map(visit).filter((input) => input !== null) };
  };
  return visit(id);
}
