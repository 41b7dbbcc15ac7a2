import { providedInstances } from '../cost/step-cost.ts';
import { Values } from '../plan/compute.ts';
import type { ArchitectureStep, Plan } from '../plan/plan.ts';
import { nearestMet, reachOf, TOLERANCE } from './solve-search.ts';
import type { Search } from './solve-search.ts';
import type { Variable } from './solve-variable.ts';

/** The load that each step carries as it is provided: what `solve --json` prints. */
export interface CapacitySolution {
  readonly formatVersion: 1;
  readonly kind: 'solve';
  readonly question: 'capacity';
  readonly plan: string;
  /** What stands for the load, with its present value. */
  readonly drivers: readonly { readonly name: string; readonly unit: string; readonly before: number }[];
  readonly steps: readonly StepCapacity[];
  /** As a share of the load. */
  readonly tolerance: number;
}

export interface StepCapacity {
  readonly step: number;
  readonly name: string;
  /** Times the present load: 0 when no load is small enough, null when none is too large. */
  readonly factor: number | null;
  /** The tier that is full first; null where none is. */
  readonly limitedBy: string | null;
  /** Utilisation of that tier under the present load. */
  readonly utilisation: number | null;
  /** The drivers at that load, in their unit. */
  readonly load: readonly { readonly name: string; readonly unit: string; readonly value: number | null }[];
  readonly iterations: number;
}

/** What counts as any load: a million times the present one. */
const MOST = 1e6;
/** What counts as none. */
const LEAST = 1e-6;

/**
 * For every step, how many times the present load it carries with every tier at 100 % at most. Demand is computed at each load,
 * since it need not grow in proportion; instances stay as many as the plan provides now.
 */
export function solveCapacity(plan: Plan, drivers: readonly Variable[]): CapacitySolution {
  return {
    formatVersion: 1,
    kind: 'solve',
    question: 'capacity',
    plan: plan.name,
    drivers: drivers.map(({ name, unit, present, unitFactor }) => ({ name, unit, before: present / unitFactor })),
    steps: plan.steps.map((step) => capacityOf(plan, step, drivers)),
    tolerance: TOLERANCE,
  };
}

interface Busiest {
  readonly tier: string | null;
  readonly utilisation: number;
}

function capacityOf(plan: Plan, step: ArchitectureStep, drivers: readonly Variable[]): StepCapacity {
  let iterations = 0;
  const busiestAt = (factor: number): Busiest => {
    iterations++;
    return busiest(plan, step, drivers, factor);
  };
  const search: Search = {
    start: 1,
    low: LEAST,
    high: MOST,
    whole: false,
    unitFactor: 1,
    met: (factor) => busiestAt(factor).utilisation <= 1 + 1e-12,
    shortfall: (factor) => busiestAt(factor).utilisation - 1,
  };
  const factor = largestFactor(search);
  // Just above what is carried stands the tier that does not carry more.
  const limit = factor === null ? null : busiestAt(Math.max(LEAST, factor) * (1 + 2 * TOLERANCE)).tier;
  return {
    step: step.step,
    name: step.name,
    factor,
    limitedBy: limit,
    utilisation: limit === null ? null : utilisationOf(plan, step, drivers, limit),
    load: drivers.map(({ name, unit, unitFactor, present }) => ({
      name,
      unit,
      value: factor === null ? null : (factor * present) / unitFactor,
    })),
    iterations,
  };
}

function largestFactor(search: Search): number | null {
  if (search.met(search.start)) return reachOf(search).to;
  const found = nearestMet({ ...search, high: search.start });
  return 'met' in found && found.met > LEAST ? found.met : 0;
}

function busiest(plan: Plan, step: ArchitectureStep, drivers: readonly Variable[], factor: number): Busiest {
  const now = new Values(plan.quantities);
  const then = new Values(plan.quantities, new Map(drivers.map(({ name, present }) => [name, present * factor])));
  let worst: Busiest = { tier: null, utilisation: 0 };
  for (const tier of step.tiers) {
    const each = then.evaluate(tier.capacity.expression);
    const utilisation = then.evaluate(tier.demand.expression) / (each * providedInstances(tier, now));
    const finite = Number.isFinite(utilisation) ? utilisation : Infinity;
    if (finite > worst.utilisation) worst = { tier: tier.id, utilisation: finite };
  }
  return worst;
}

function utilisationOf(plan: Plan, step: ArchitectureStep, drivers: readonly Variable[], id: string): number | null {
  const only = { ...step, tiers: step.tiers.filter((tier) => tier.id === id) };
  const { utilisation } = busiest(plan, only, drivers, 1);
  return Number.isFinite(utilisation) ? utilisation : null;
}
