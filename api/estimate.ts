import * as model from '../model/estimate/estimate.ts';
import type { Estimate } from '../model/estimate/estimate.ts';
import { spreads } from '../model/estimate/uncertainty.ts';
import type { Plan } from '../model/plan/plan.ts';

export interface EstimateOptions {
  /** Draw the assumptions' ranges that often, for the spread of every result; 100 or more. No spread when absent. */
  readonly samples?: number;
  /** 42 when absent. */
  readonly seed?: number;
}

/** Every quantity of a plan, and for each step what its tiers need against what they have, and what it costs. */
export function estimate(plan: Plan, { samples, seed = 42 }: EstimateOptions = {}): Estimate {
  if (samples === undefined) return model.estimate(plan);
  return model.estimate(plan, {
    sampling: { samples, seed, draw: (drawn, figures) => spreads(drawn, figures, { samples, seed }) },
  });
}
