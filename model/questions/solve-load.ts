import { stepCost } from '../cost/step-cost.ts';
import { tierSize } from '../cost/tier-size.ts';
import { Values } from '../plan/compute.ts';
import type { ArchitectureStep, Plan, PlannedTier } from '../plan/plan.ts';
import { baseUnitSymbol } from '../units/dimension.ts';
import { refuse } from './goal-problem.ts';
import type { Load } from './solve-drivers.ts';
import { percentWords } from './solve-words.ts';

/** The cheapest step and sizing that carries a load: what `solve --load --json` prints. */
export interface LoadSolution {
  readonly formatVersion: 1;
  readonly kind: 'solve';
  readonly question: 'load';
  readonly plan: string;
  readonly load: readonly LoadValue[];
  /** Fewest instances in all where a step that carries the load has no price at all. */
  readonly rankedBy: 'cost' | 'instances';
  readonly chosen: SizedStep;
  readonly rejected: readonly RejectedStep[];
}

export interface LoadValue {
  readonly name: string;
  /** Of both values. */
  readonly unit: string;
  readonly before: number;
  readonly value: number;
}

/** A step with every tier as large as the load needs it. */
export interface SizedStep {
  readonly step: number;
  readonly name: string;
  readonly tiers: readonly SizedTier[];
  readonly instances: number;
  readonly cost_usd_per_s: number;
  /** What is paid for beyond tiers; part of the cost. */
  readonly costs: readonly { readonly cost: string; readonly cost_usd_per_s: number }[];
  /** Tiers without a price, which the cost leaves out. */
  readonly unpriced: readonly string[];
}

export interface SizedTier {
  readonly tier: string;
  /** In `unit`, as `capacity`, which is that of one instance. */
  readonly demand: number;
  readonly capacity: number;
  readonly unit: string;
  /** As the plan has it. */
  readonly provided: number;
  /** For the load, with the tier's headroom. */
  readonly needed: number;
  /** What there can be at most; null without a limit. */
  readonly limit: number | null;
  /** With as many as needed, or as there can be. */
  readonly utilisation: number;
  readonly cost_usd_per_s: number | null;
}

export interface RejectedStep {
  readonly step: number;
  readonly name: string;
  readonly reason: 'too small' | 'dearer' | 'more instances' | 'no better';
  /** The tier that cannot carry the load. */
  readonly bottleneck: string | null;
  readonly why: string;
  /** Null, as is the cost, where no sizing carries the load. */
  readonly instances: number | null;
  readonly cost_usd_per_s: number | null;
}

/**
 * Sizes every step of a plan for a load, needed = ⌈demand × (1 + headroom) / capacity⌉, and chooses the cheapest that carries it,
 * of equal ones the first. A tier with `max_instances`, and a PostgreSQL or a third party that has one instance, has a limit.
 * @throws InvalidInput with GOAL_UNREACHABLE where no step carries it; `text` is the load as it was written.
 */
export function solveLoad(plan: Plan, load: Load, text: string): LoadSolution {
  const given = new Map(load.map(({ variable, value }) => [variable.name, value]));
  const values = new Values(plan.quantities, given);
  const sized = plan.steps.map((step) => sizeStep(plan, step, values));
  const fitting = sized.filter((step) => tooSmall(step) === undefined);
  const rankedBy = fitting.every(({ cost_usd_per_s }) => cost_usd_per_s > 0) ? 'cost' : 'instances';
  const rank = (step: SizedStep): number => (rankedBy === 'cost' ? step.cost_usd_per_s : step.instances);
  const [chosen] = fitting.toSorted((a, b) => rank(a) - rank(b) || a.step - b.step);
  if (!chosen) return refuseTooMuch(sized, text);
  const rejected = sized.filter((step) => step !== chosen).map((step) => reject(step, chosen, rankedBy));
  const asked = load.map(({ variable, value }): LoadValue => {
    const { name, unit, unitFactor, present } = variable;
    return { name, unit, before: present / unitFactor, value: value / unitFactor };
  });
  return {
    formatVersion: 1,
    kind: 'solve',
    question: 'load',
    plan: plan.name,
    load: asked,
    rankedBy,
    chosen,
    rejected,
  };
}

function sizeStep(plan: Plan, step: ArchitectureStep, values: Values): SizedStep {
  const sized = new Map(step.tiers.map((tier) => [tier.id, sizeTier(tier, values)]));
  const cost = stepCost(plan, step, values, ({ id }) => instancesOf(sized.get(id)));
  const tiers = [...sized.values()].map((tier) => {
    const own = cost.items.find(({ kind, id }) => kind === 'tier' && id === tier.tier);
    return { ...tier, cost_usd_per_s: own?.cost_usd_per_s ?? null };
  });
  return {
    step: step.step,
    name: step.name,
    tiers,
    instances: tiers.reduce((sum, tier) => sum + instancesOf(tier), 0),
    cost_usd_per_s: cost.total_usd_per_s,
    costs: cost.items
      .filter(({ kind }) => kind === 'cost')
      .map(({ id, cost_usd_per_s }) => ({ cost: id, cost_usd_per_s })),
    unpriced: cost.unpriced,
  };
}

function sizeTier(tier: PlannedTier, values: Values): SizedTier {
  const { demand, capacity, provided, needed, limit } = tierSize(tier, values);
  const utilisation = demand / (capacity * Math.min(needed, limit ?? Infinity));
  const unit = baseUnitSymbol(tier.demand.dimension);
  return { tier: tier.id, demand, capacity, unit, provided, needed, limit, utilisation, cost_usd_per_s: null };
}

function instancesOf(tier: SizedTier | undefined): number {
  return tier ? Math.min(tier.needed, tier.limit ?? Infinity) : 0;
}

/** The tier that is furthest from carrying the load, of those that cannot. */
function tooSmall({ tiers }: SizedStep): SizedTier | undefined {
  const failing = tiers.filter(({ needed, limit }) => !(needed <= (limit ?? Number.MAX_VALUE)));
  const [first, ...rest] = failing;
  return rest.reduce((worst, tier) => (worst && worst.utilisation >= tier.utilisation ? worst : tier), first);
}

function whyTooSmall({ tier, capacity, limit, utilisation }: SizedTier): string {
  if (capacity === 0) return `${tier} has no capacity left under this load`;
  if (!Number.isFinite(utilisation)) return `${tier} has no finite demand under this load`;
  const is = limit === 1 ? 'is one instance' : `has at most ${limit} instances`;
  const headroom = utilisation <= 1 ? ', which leaves less headroom than it is to keep' : '';
  return `${tier} ${is} and would be at ${percentWords(utilisation)}${headroom}`;
}

function reject(sized: SizedStep, chosen: SizedStep, rankedBy: LoadSolution['rankedBy']): RejectedStep {
  const { step, name, instances, cost_usd_per_s } = sized;
  const failing = tooSmall(sized);
  if (failing) {
    const none = { instances: null, cost_usd_per_s: null };
    return { step, name, reason: 'too small', bottleneck: failing.tier, why: whyTooSmall(failing), ...none };
  }
  return { step, name, bottleneck: null, ...whyNotChosen(sized, chosen, rankedBy), instances, cost_usd_per_s };
}

function whyNotChosen(
  sized: SizedStep,
  chosen: SizedStep,
  rankedBy: LoadSolution['rankedBy'],
): Pick<RejectedStep, 'reason' | 'why'> {
  const more = sized.instances - chosen.instances;
  const share = sized.cost_usd_per_s / chosen.cost_usd_per_s - 1;
  if (rankedBy === 'cost' && share > 0) {
    return { reason: 'dearer', why: `carries it, but costs ${percentWords(share)} more` };
  }
  if (rankedBy === 'instances' && more > 0) {
    const word = more === 1 ? 'instance' : 'instances';
    return { reason: 'more instances', why: `carries it, but with ${more} more ${word}` };
  }
  return { reason: 'no better', why: `carries it, but no better than step ${chosen.step}` };
}

function refuseTooMuch(sized: readonly SizedStep[], text: string): never {
  const reasons = sized.flatMap((step) => {
    const failing = tooSmall(step);
    return failing ? [`step ${step.step}: ${whyTooSmall(failing)}`] : [];
  });
  const message = 'no step of the plan carries this load';
  return refuse('--load', text, {
    problem: 'UNREACHABLE',
    message,
    help: reasons.join('; '),
    offset: 0,
    length: text.length,
  });
}
