import { namesIn } from '../formula/evaluate.ts';
import { Values } from '../plan/compute.ts';
import type { ArchitectureStep, Plan, PlannedTier, Quantity } from '../plan/plan.ts';
import { baseUnitSymbol } from '../units/dimension.ts';

export const ESTIMATE_FORMAT_VERSION = 1;

/** A plan's capacity estimate as data: what `estimate --json` prints. */
export interface Estimate {
  readonly formatVersion: typeof ESTIMATE_FORMAT_VERSION;
  readonly plan: string;
  readonly title: string;
  readonly quantities: readonly EstimatedQuantity[];
  readonly steps: readonly EstimatedStep[];
}

export interface EstimatedQuantity {
  readonly id: string;
  /** In `unit`. */
  readonly value: number;
  /** Empty for a plain number. */
  readonly unit: string;
  readonly title?: string;
  /** Absent for assumptions. */
  readonly formula?: string;
  /** Ids of the quantities that the formula uses. */
  readonly inputs?: readonly string[];
  /** Where an assumption comes from. */
  readonly source?: string;
  /** True for an assumption that names no source: the plan author's own. */
  readonly assumed?: boolean;
  readonly note?: string;
}

export interface EstimatedStep {
  readonly step: number;
  readonly name: string;
  readonly tiers: readonly EstimatedTier[];
  /** The tier with the highest utilisation: the one that breaks first as load grows. */
  readonly bottleneck: string;
}

export interface EstimatedTier {
  readonly tier: string;
  /** What arrives at the peak, in `unit`. */
  readonly demand: number;
  /** What all provided instances carry together, in `unit`. */
  readonly capacity: number;
  readonly unit: string;
  /** demand / capacity; above 1 the tier cannot keep up. */
  readonly utilisation: number;
  /** Instances for the demand with the tier's headroom. */
  readonly needed: number;
  readonly provided: number;
}

/**
 * Computes every quantity of a plan, and per step what each tier needs against what it has.
 * Utilisation law: U = X / (m × capacity of one instance) (Lazowska et al. 1984, ch. 3).
 */
export function estimate(plan: Plan): Estimate {
  const values = new Values(plan);
  return {
    formatVersion: ESTIMATE_FORMAT_VERSION,
    plan: plan.name,
    title: plan.title,
    quantities: [...plan.quantities.values()].map((quantity) => estimateQuantity(quantity, values.of(quantity.id))),
    steps: plan.steps.map((step) => estimateStep(step, values)),
  };
}

function estimateQuantity(quantity: Quantity, value: number): EstimatedQuantity {
  const { id, title, source, note, kind, formula, expression } = quantity;
  const { scale, unit } = displayUnit(quantity);
  const derived = { formula, inputs: namesIn(expression).map(({ name }) => name) };
  return {
    id,
    value: value / scale,
    unit,
    ...(title === undefined ? {} : { title }),
    ...(kind === 'derived' ? derived : {}),
    ...(source === undefined ? {} : { source }),
    ...(kind === 'assumed' && source === undefined ? { assumed: true } : {}),
    ...(note === undefined ? {} : { note }),
  };
}

/** The unit a plan chose, else the one an assumption is written in, else base units. */
function displayUnit({ unit, expression, dimension }: Quantity): { scale: number; unit: string } {
  if (unit) return { scale: unit.factor, unit: unit.symbol };
  if (expression.kind === 'literal') return { scale: expression.literal.factor, unit: expression.literal.unit };
  return { scale: 1, unit: baseUnitSymbol(dimension) };
}

function estimateStep({ step, name, tiers }: ArchitectureStep, values: Values): EstimatedStep {
  const estimated = tiers.map((tier) => estimateTier(tier, values));
  const [first, ...rest] = estimated;
  const bottleneck = rest.reduce((worst, tier) => (tier.utilisation > (worst?.utilisation ?? 0) ? tier : worst), first);
  return { step, name, tiers: estimated, bottleneck: bottleneck?.tier ?? '' };
}

function estimateTier(tier: PlannedTier, values: Values): EstimatedTier {
  const demand = values.evaluate(tier.demand.expression);
  const each = values.evaluate(tier.capacity.expression);
  const headroom = tier.headroom ? values.evaluate(tier.headroom.expression) : 0;
  const capacity = each * tier.instances;
  return {
    tier: tier.id,
    demand,
    capacity,
    unit: baseUnitSymbol(tier.demand.dimension),
    utilisation: demand / capacity,
    needed: Math.ceil((demand * (1 + headroom)) / each - 1e-9),
    provided: tier.instances,
  };
}
