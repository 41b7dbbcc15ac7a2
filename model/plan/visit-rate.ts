import type { Evaluator } from './compute.ts';
import type { PlannedTier } from './plan.ts';

/** What the rate of visits follows from. */
export type Rated = Pick<PlannedTier, 'demand' | 'capacity'> & {
  readonly behaviour: Pick<PlannedTier['behaviour'], 'service'>;
};

/**
 * What a visit takes of the capacity, in base units: the plan's `work`, else one of what is counted (a query, a request).
 * Null where neither is there: for bytes, and for demand that is no rate, such as memory.
 */
export function workOfVisit({ demand, behaviour }: Rated, values: Evaluator): number | null {
  const { dimension } = demand;
  if (dimension.get('time') !== -1) return null;
  const { work } = behaviour.service;
  if (work) return values.evaluate(work.expression);
  return dimension.has('data') || dimension.has('money') ? null : 1;
}

/** Visits per second that one instance carries, capacity / work; null where the capacity does not tell. */
export function visitRate(tier: Rated, values: Evaluator): number | null {
  const work = workOfVisit(tier, values);
  return work === null ? null : values.evaluate(tier.capacity.expression) / work;
}
