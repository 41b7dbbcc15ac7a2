import type { Evaluator } from '../plan/compute.ts';
import type { PlannedTier } from '../plan/plan.ts';
import { instanceLimit } from './instance-limit.ts';
import { providedInstances } from './step-cost.ts';

/** How many instances of a tier there are, have to be and can be, and what that follows from, in base units. */
export interface TierSize {
  readonly demand: number;
  /** Of one instance; 0 where nothing is left of it. */
  readonly capacity: number;
  /** Share of spare capacity to keep; null where the plan asks for none. */
  readonly headroom: number | null;
  readonly provided: number;
  /** Infinity where no number of instances carries the demand. */
  readonly needed: number;
  /** What there can be at most; null without a limit. */
  readonly limit: number | null;
}

/**
 * Sizes a tier for what it has to carry: needed = ⌈demand × (1 + headroom) / capacity⌉, at least what autoscaling keeps, and
 * one. A capacity that is what others leave over can fall below nothing, which counts as nothing.
 */
export function tierSize(tier: PlannedTier, values: Evaluator): TierSize {
  const demand = values.evaluate(tier.demand.expression);
  const capacity = Math.max(0, values.evaluate(tier.capacity.expression));
  const headroom = tier.headroom ? values.evaluate(tier.headroom.expression) : null;
  const provided = providedInstances(tier, values);
  // Arithmetic alone goes above a whole number by its last bits.
  const asked = Math.ceil((demand * (1 + (headroom ?? 0))) / capacity - 1e-9);
  const needed = Number.isFinite(asked) ? Math.max(tier.autoscale?.min ?? 1, asked) : Infinity;
  return { demand, capacity, headroom, provided, needed, limit: instanceLimit(tier, provided) };
}
