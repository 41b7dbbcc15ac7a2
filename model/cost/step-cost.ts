import type { Evaluator } from '../plan/compute.ts';
import type { ArchitectureStep, Plan, PlannedTier } from '../plan/plan.ts';

/** What one step costs to run. */
export interface StepCost {
  readonly items: readonly StepCostItem[];
  readonly total_usd_per_s: number;
  /** Tiers without a price: the total leaves them out. */
  readonly unpriced: readonly string[];
}

export interface StepCostItem {
  readonly kind: 'tier' | 'cost';
  /** Id of the tier, or of the cost's quantity. */
  readonly id: string;
  readonly title?: string;
  /** Of a tier. */
  readonly instances?: number;
  readonly cost_usd_per_s: number;
}

/** How many instances of a tier a plan provides: its formula rounded up, unless only arithmetic went above a whole number. */
export function providedInstances(tier: PlannedTier, values: Evaluator): number {
  return Math.ceil(values.evaluate(tier.instances.expression) - 1e-9);
}

/**
 * The running cost of a step in USD/s: Σ over its tiers of instances × price, and those of the plan's costs that are paid at
 * this step (`from` and `until` included). `instancesOf` takes the place of what the plan provides.
 */
export function stepCost(
  plan: Pick<Plan, 'quantities' | 'costs'>,
  step: ArchitectureStep,
  values: Evaluator,
  instancesOf: (tier: PlannedTier) => number = (tier) => providedInstances(tier, values),
): StepCost {
  const tiers = step.tiers.flatMap((tier): StepCostItem[] => {
    if (!tier.price) return [];
    const instances = instancesOf(tier);
    return [
      { kind: 'tier', id: tier.id, instances, cost_usd_per_s: instances * values.evaluate(tier.price.expression) },
    ];
  });
  const paid = plan.costs.filter(({ from = 1, until = Infinity }) => from <= step.step && step.step <= until);
  const costs = paid.map(({ quantity: id }): StepCostItem => {
    const title = plan.quantities.get(id)?.title;
    return { kind: 'cost', id, ...(title === undefined ? {} : { title }), cost_usd_per_s: values.of(id) };
  });
  const items = [...tiers, ...costs];
  return {
    items,
    total_usd_per_s: items.reduce((sum, item) => sum + item.cost_usd_per_s, 0),
    unpriced: step.tiers.filter(({ price }) => !price).map(({ id }) => id),
  };
}
