import type { Figure, Spread } from '../estimate/spread.ts';
import { Values } from '../plan/compute.ts';
import type { Evaluator } from '../plan/compute.ts';
import type { ArchitectureStep, Plan, PlannedTier, PriceBook } from '../plan/plan.ts';
import { grownPlan } from './grown-plan.ts';
import { providedInstances, stepCost } from './step-cost.ts';
import type { StepCostItem } from './step-cost.ts';
import { tierSize } from './tier-size.ts';
import type { TierSize } from './tier-size.ts';

/** What the steps of a plan cost to run, today and when the load has grown. */
export interface CostOutlook {
  readonly formatVersion: 1;
  readonly kind: 'cost';
  readonly plan: string;
  readonly title: string;
  readonly prices?: PriceBook;
  /** How many times as large, and what has grown. */
  readonly growth: number;
  readonly drivers: readonly string[];
  readonly sampling: SamplingOptions;
  readonly steps: readonly StepOutlook[];
}

export interface SamplingOptions {
  readonly samples: number;
  readonly seed: number;
}

export interface StepOutlook {
  readonly step: number;
  readonly name: string;
  readonly now: Outlook;
  readonly grown: Outlook;
  /** Tiers and costs that have no price, and are left out. */
  readonly unpriced: readonly string[];
}

/** Dollars a second: items and their total, each with what it may be. */
export interface Outlook {
  readonly items: readonly (StepCostItem & Low)[];
  readonly total_usd_per_s: number;
  readonly spread: Low;
  /** Tiers that would be beyond what they can carry, however much is paid. */
  readonly overloaded: readonly string[];
}

interface Low {
  /** 5th percentile; the value itself where nothing that it rests on has a range. */
  readonly low_usd_per_s: number | null;
  /** 95th percentile. */
  readonly high_usd_per_s: number | null;
}

export type DrawSpreads = (
  plan: Plan,
  figures: readonly Figure[],
  sampling: SamplingOptions,
) => ReadonlyMap<string, Spread>;

/**
 * The running cost of every step: as provided at the load of the plan, and with `growth` times the drivers, when tiers get
 * the instances they then need (never fewer than provided).
 */
export function costOutlook(
  plan: Plan,
  { growth, drivers, sampling }: Pick<CostOutlook, 'growth' | 'drivers' | 'sampling'>,
  draw: DrawSpreads,
): CostOutlook {
  const later = grownPlan(plan, drivers, growth);
  const now = (step: ArchitectureStep): Outlook => outlook(plan, step, providedInstances, sampling, draw);
  const grown = (step: ArchitectureStep): Outlook => outlook(later, step, instancesFor, sampling, draw);
  return {
    formatVersion: 1,
    kind: 'cost',
    plan: plan.name,
    title: plan.title,
    ...(plan.prices && { prices: plan.prices }),
    growth,
    drivers,
    sampling,
    steps: plan.steps.map((step) => ({
      step: step.step,
      name: step.name,
      now: now(step),
      grown: grown(step),
      unpriced: step.tiers.filter(({ price }) => !price).map(({ id }) => id),
    })),
  };
}

function outlook(
  plan: Plan,
  step: ArchitectureStep,
  instancesOf: (tier: PlannedTier, values: Evaluator) => number,
  sampling: SamplingOptions,
  draw: DrawSpreads,
): Outlook {
  const values = new Values(plan.quantities);
  const costAt = (at: Evaluator): readonly StepCostItem[] =>
    stepCost(plan, step, at, (tier) => instancesOf(tier, at)).items;
  const items = costAt(values);
  const figures: Figure[] = items.map(({ kind, id }, index) => ({
    id: `${kind} ${id}`,
    of: (at) => costAt(at)[index]?.cost_usd_per_s ?? NaN,
  }));
  const total: Figure = { id: TOTAL, of: (at) => costAt(at).reduce((sum, item) => sum + item.cost_usd_per_s, 0) };
  const spreads = draw(plan, [...figures, total], sampling);
  const total_usd_per_s = items.reduce((sum, item) => sum + item.cost_usd_per_s, 0);
  return {
    items: items.map((item) => ({ ...item, ...lowHigh(spreads.get(`${item.kind} ${item.id}`), item.cost_usd_per_s) })),
    total_usd_per_s,
    spread: lowHigh(spreads.get(TOTAL), total_usd_per_s),
    overloaded: step.tiers.filter((tier) => isBeyondLimit(tierSize(tier, values))).map(({ id }) => id),
  };
}

function isBeyondLimit({ needed, limit }: TierSize): boolean {
  return needed > (limit ?? Number.MAX_VALUE);
}

const TOTAL = 'total';

function lowHigh(spread: Spread | undefined, value: number): Low {
  return { low_usd_per_s: spread ? spread.p5 : value, high_usd_per_s: spread ? spread.p95 : value };
}

/** What is provided, or more where more is needed, up to what the tier can have. */
function instancesFor(tier: PlannedTier, values: Evaluator): number {
  const { provided, needed, limit } = tierSize(tier, values);
  return Math.max(provided, Math.min(needed, limit ?? Infinity));
}
