import { providedInstances, stepCost } from '../cost/step-cost.ts';
import { Values } from '../plan/compute.ts';
import type { ArchitectureStep, Plan, PlannedTier } from '../plan/plan.ts';
import { RUNNING_COST } from '../plan/read-costs.ts';
import { DIMENSIONLESS } from '../units/dimension.ts';
import type { Dimension } from '../units/dimension.ts';

/** Running cost of the step, as a name in goals. */
export const TOTAL_COST = 'cost.total';
const UTILISATION = 'utilisation.';

/** A value in the place of what the plan says: a quantity's, or instances or capacity of a tier. */
export type Change =
  | { readonly quantities: ReadonlyMap<string, number> }
  | { readonly tier: string; readonly key: 'instances' | 'capacity'; readonly value: number };

/** The name by which goals call a tier's utilisation; formulas take a dash for a minus. */
export function utilisationName(tier: string): string {
  return `${UTILISATION}${tier.replaceAll('-', '_')}`;
}

/** What goals may name and in what dimension: every quantity, and of the step `utilisation.<tier>` and `cost.total`. */
export function goalDimensions(plan: Plan, step: ArchitectureStep | undefined): Map<string, Dimension> {
  const dimensions = new Map<string, Dimension>();
  for (const tier of step?.tiers ?? []) dimensions.set(utilisationName(tier.id), DIMENSIONLESS);
  if (step) dimensions.set(TOTAL_COST, RUNNING_COST);
  for (const [id, { dimension }] of plan.quantities) dimensions.set(id, dimension);
  return dimensions;
}

/** The value of whatever goals may name, in base units, after a change. Quantities of the plan come before other names. */
export function goalFigures(
  plan: Plan,
  step: ArchitectureStep | undefined,
  change: Change = { quantities: new Map() },
): (name: string) => number {
  const values = new Values(plan.quantities, 'quantities' in change ? change.quantities : new Map());
  const changed = (tier: PlannedTier, key: 'instances' | 'capacity', planned: number): number =>
    'tier' in change && change.tier === tier.id && change.key === key ? change.value : planned;
  const instancesOf = (tier: PlannedTier): number => changed(tier, 'instances', providedInstances(tier, values));
  return (name) => {
    if (plan.quantities.has(name) || !step) return values.of(name);
    if (name === TOTAL_COST) return stepCost(plan, step, values, instancesOf).total_usd_per_s;
    const tier = step.tiers.find(({ id }) => utilisationName(id) === name);
    if (!tier) throw new RangeError(`${name} was not checked`);
    const each = changed(tier, 'capacity', values.evaluate(tier.capacity.expression));
    return values.evaluate(tier.demand.expression) / (each * instancesOf(tier));
  };
}

/** What to say of a tier that only other steps have; undefined where none has it. */
export function otherSteps(
  plan: Plan,
  step: ArchitectureStep | undefined,
  has: (tier: string) => boolean,
): string | undefined {
  const steps = plan.steps.filter(({ tiers }) => tiers.some(({ id }) => has(id))).map((each) => each.step);
  if (steps.length === 0 || !step) return undefined;
  return `step ${step.step} has no such tier; use \`--step\` with ${steps.join(', ')}`;
}
