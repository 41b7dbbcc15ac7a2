import { providedInstances } from '../cost/step-cost.ts';
import { tierSize } from '../cost/tier-size.ts';
import type { TierSize } from '../cost/tier-size.ts';
import { Values } from '../plan/compute.ts';
import type { ArchitectureStep, Plan, PlannedTier } from '../plan/plan.ts';
import { growthValue } from './growth-value.ts';

/** Whether tiers get the instances that they need, up to their limit, or keep those that the plan provides. */
export type Sizing = 'as needed' | 'as provided';

/** What a tier has to bear in one month. */
export interface TierLoad {
  readonly tier: string;
  /** As many as the plan's formula gives, which may exceed the limit; null beyond the range of numbers. */
  readonly provided: number | null;
  /** With the headroom; null where no number of instances is enough. */
  readonly needed: number | null;
  /** What there can be at most; null without a limit. */
  readonly limit: number | null;
  /** Demand over what all provided instances carry; null where no finite number comes out, as of a saturated queue. */
  readonly utilisation: number | null;
  /** The same with the instances that the tier gets. */
  readonly utilisationSized: number | null;
  /** Share of spare capacity that the plan wants to keep. */
  readonly headroom: number | null;
  /** As needed: no more are needed than there can be. As provided: the utilisation is 100 % at most. */
  readonly isCarried: boolean;
}

export interface StepLoads {
  readonly step: ArchitectureStep;
  readonly tiers: readonly TierLoad[];
}

/** Every step's tiers as they stand so many months after launch, were that step the running one. */
export function loadsInMonth(plan: Plan, month: number, sizing: Sizing): StepLoads[] {
  const values = new Values(plan.quantities, driversInMonth(plan, month));
  // What is provided at the start stays so, also where a formula would order more as the load grows.
  const start = new Values(plan.quantities, driversInMonth(plan, 0));
  const sizeOf = (tier: PlannedTier): TierSize =>
    sizing === 'as needed'
      ? tierSize(tier, values)
      : { ...tierSize(tier, values), provided: providedInstances(tier, start) };
  return plan.steps.map((step) => ({ step, tiers: step.tiers.map((tier) => loadOf(tier.id, sizeOf(tier), sizing)) }));
}

/** What grows, with its value so many months after launch, in base units. */
export function driversInMonth(plan: Plan, month: number): Map<string, number> {
  const start = new Values(plan.quantities);
  return new Map(plan.growth.map((growth) => [growth.quantity, growthValue(growth, start.of(growth.quantity), month)]));
}

/** True when a tier with its provided instances is loaded with at most `share` of what they carry. */
export function staysBelow({ utilisation }: Pick<TierLoad, 'utilisation'>, share = 1): boolean {
  // Geometric growth meets whole multiples only to the last bits.
  return utilisation !== null && utilisation <= share * (1 + 1e-9);
}

export function carries({ tiers }: StepLoads): boolean {
  return tiers.every(({ isCarried }) => isCarried);
}

/** Of the tiers that do not carry their load the one with the highest utilisation; one without a finite one comes first. */
export function bottleneck({ tiers }: StepLoads): TierLoad | undefined {
  const full = ({ utilisationSized }: TierLoad): number => utilisationSized ?? Infinity;
  const [first, ...rest] = tiers.filter(({ isCarried }) => !isCarried);
  return rest.reduce((worst, tier) => (worst && full(worst) >= full(tier) ? worst : tier), first);
}

function loadOf(tier: string, size: TierSize, sizing: Sizing): TierLoad {
  const { demand, capacity, headroom, provided, needed, limit } = size;
  const most = limit ?? Infinity;
  const utilisationOf = (instances: number): number | null => finite(demand / (capacity * Math.min(instances, most)));
  const utilisation = utilisationOf(provided);
  const isSized = sizing === 'as needed';
  const canBeEnough = Number.isFinite(needed);
  return {
    tier,
    provided: finite(provided),
    needed: finite(needed),
    limit,
    utilisation,
    utilisationSized: isSized && canBeEnough ? utilisationOf(Math.max(provided, needed)) : utilisation,
    headroom,
    isCarried: isSized ? canBeEnough && needed <= most : staysBelow({ utilisation }),
  };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
