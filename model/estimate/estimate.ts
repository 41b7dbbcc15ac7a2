import { providedInstances, stepCost } from '../cost/step-cost.ts';
import type { StepCost } from '../cost/step-cost.ts';
import { tierSize } from '../cost/tier-size.ts';
import { namesIn } from '../formula/evaluate.ts';
import { whyNotFinite } from '../formula/why-not-finite.ts';
import { Values } from '../plan/compute.ts';
import type { Evaluator } from '../plan/compute.ts';
import type { ArchitectureStep, Budget, Plan, PlannedTier, PriceBook, Quantity, Spike } from '../plan/plan.ts';
import { baseUnitSymbol } from '../units/dimension.ts';
import type { DistributionName } from '../uncertainty/range.ts';
import { displayUnit } from './display-unit.ts';
import type { Figure, Spread } from './spread.ts';

export const ESTIMATE_FORMAT_VERSION = 2;

/** A plan's capacity estimate as data: what `estimate --json` prints. */
export interface Estimate {
  readonly formatVersion: typeof ESTIMATE_FORMAT_VERSION;
  readonly kind: 'estimate';
  readonly plan: string;
  readonly title: string;
  readonly prices?: PriceBook;
  readonly quantities: readonly EstimatedQuantity[];
  /** Derived quantities without a finite value: queues that never drain under what was set. */
  readonly unstable: readonly { readonly id: string; readonly formula: string; readonly why: string }[];
  readonly steps: readonly EstimatedStep[];
  readonly budgets: readonly EstimatedBudget[];
  readonly spikes: readonly EstimatedSpike[];
  /** How the spreads were drawn; absent when they were not asked for. */
  readonly sampling?: { readonly samples: number; readonly seed: number };
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
  /** What an assumption may be, in `unit`. */
  readonly range?: { readonly low: number; readonly high: number; readonly distribution: DistributionName };
  /** What a result may be, in `unit`. */
  readonly spread?: Spread;
}

export interface EstimatedStep {
  readonly step: number;
  readonly name: string;
  readonly tiers: readonly EstimatedTier[];
  /** The tier with the highest utilisation: the one that breaks first as load grows. */
  readonly bottleneck: string;
  /** What it costs to run as provided; absent when nothing has a price. */
  readonly cost?: StepCost & { readonly spread_usd_per_s?: Spread };
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
  readonly utilisationSpread?: Spread;
  /** Instances for the demand with the tier's headroom. */
  readonly needed: number;
  readonly provided: number;
  /** What there can be at most; null without a limit. */
  readonly limit: number | null;
}

export interface EstimatedBudget {
  readonly id: string;
  readonly title: string;
  /** Base unit of the limit and the terms: seconds. */
  readonly unit: string;
  readonly limit: number;
  /** Null where a term has no finite value. */
  readonly total: number | null;
  /** Below 0 when the terms exceed the limit. */
  readonly left: number | null;
  readonly terms: readonly { readonly id: string; readonly value: number | null; readonly share: number }[];
  readonly source?: string;
}

export interface EstimatedSpike {
  readonly name: string;
  readonly title: string;
  readonly factor: Spike['factor'];
  readonly duration_s: number;
  /** For each step, the tiers that the middle of the factor takes beyond what they carry at the peak. */
  readonly steps: readonly { readonly step: number; readonly overloaded: readonly string[] }[];
}

/** Draws the spread of every result; `spreads` of ./uncertainty.ts, which an estimate without it need not load. */
export type DrawSpreads = (plan: Plan, figures: readonly Figure[]) => ReadonlyMap<string, Spread>;

export interface EstimateOptions {
  readonly sampling?: { readonly samples: number; readonly seed: number; readonly draw: DrawSpreads };
}

/**
 * Computes every quantity of a plan, and per step what each tier needs against what it has, and what that costs.
 * Utilisation law: U = X / (m × capacity of one instance) (Lazowska et al. 1984, ch. 3).
 */
export function estimate(plan: Plan, { sampling }: EstimateOptions = {}): Estimate {
  const values = new Values(plan.quantities);
  const spreads = sampling?.draw(plan, figuresOf(plan)) ?? new Map<string, Spread>();
  return {
    formatVersion: ESTIMATE_FORMAT_VERSION,
    kind: 'estimate',
    plan: plan.name,
    title: plan.title,
    ...(plan.prices && { prices: plan.prices }),
    quantities: [...plan.quantities.values()]
      .filter(({ id }) => Number.isFinite(values.of(id)))
      .map((quantity) => estimateQuantity(quantity, values, spreads)),
    unstable: [...plan.quantities.values()].flatMap((quantity) => unstableOf(quantity, values)),
    steps: plan.steps.map((step) => estimateStep(plan, step, values, spreads)),
    budgets: plan.budgets.map((budget) => estimateBudget(budget, values)),
    spikes: plan.spikes.map((spike) => estimateSpike(spike, plan.steps, values)),
    ...(sampling && { sampling: { samples: sampling.samples, seed: sampling.seed } }),
  };
}

function unstableOf({ id, formula, expression }: Quantity, values: Values): Estimate['unstable'] {
  if (Number.isFinite(values.of(id))) return [];
  const problem = whyNotFinite(expression, (name) => values.of(name));
  return [{ id, formula, why: problem?.message ?? 'it rests on another without a value' }];
}

function estimateQuantity(quantity: Quantity, values: Values, spreads: ReadonlyMap<string, Spread>): EstimatedQuantity {
  const { id, title, source, note, kind, formula, expression, range } = quantity;
  const { factor: scale, symbol: unit } = displayUnit(quantity);
  const derived = { formula, inputs: namesIn(expression).map(({ name }) => name) };
  const spread = spreads.get(id);
  return {
    id,
    value: values.of(id) / scale,
    unit,
    ...(title === undefined ? {} : { title }),
    ...(kind === 'derived' ? derived : {}),
    ...(source === undefined ? {} : { source }),
    ...(kind === 'assumed' && source === undefined ? { assumed: true } : {}),
    ...(note === undefined ? {} : { note }),
    ...(range && {
      range: { low: range.low / scale, high: range.high / scale, distribution: range.distribution },
    }),
    ...(spread && { spread: scaled(spread, scale) }),
  };
}

function scaled({ p5, p50, p95, ...spread }: Spread, scale: number): Spread {
  const down = (value: number | null): number | null => (value === null ? null : value / scale);
  return { p5: down(p5), p50: down(p50), p95: down(p95), ...spread };
}

/** Figures beside the quantities whose spread is asked for, too. */
function figuresOf(plan: Plan): Figure[] {
  const planned = new Values(plan.quantities);
  return plan.steps.flatMap((step): Figure[] => [
    ...step.tiers.map((tier) => ({
      id: utilisationId(step, tier),
      // With the instances that the plan provides: what is not known does not order servers by itself.
      of: (values: Evaluator) =>
        values.evaluate(tier.demand.expression) /
        (values.evaluate(tier.capacity.expression) * providedInstances(tier, planned)),
    })),
    { id: costId(step), of: (values) => stepCost(plan, step, values).total_usd_per_s },
  ]);
}

const utilisationId = ({ step }: ArchitectureStep, { id }: PlannedTier): string => `step ${step}: ${id}`;
const costId = ({ step }: ArchitectureStep): string => `step ${step}: cost`;

function estimateStep(
  plan: Plan,
  step: ArchitectureStep,
  values: Values,
  spreads: ReadonlyMap<string, Spread>,
): EstimatedStep {
  const tiers = step.tiers.map((tier) => {
    const spread = spreads.get(utilisationId(step, tier));
    return { ...estimateTier(tier, values), ...(spread && { utilisationSpread: spread }) };
  });
  const [first, ...rest] = tiers;
  const bottleneck = rest.reduce((worst, tier) => (tier.utilisation > (worst?.utilisation ?? 0) ? tier : worst), first);
  const cost = stepCost(plan, step, values);
  const spread = spreads.get(costId(step));
  return {
    step: step.step,
    name: step.name,
    tiers,
    bottleneck: bottleneck?.tier ?? '',
    ...(cost.items.length > 0 && { cost: { ...cost, ...(spread && { spread_usd_per_s: spread }) } }),
  };
}

function estimateTier(tier: PlannedTier, values: Values): EstimatedTier {
  const { demand, capacity: each, needed, provided, limit } = tierSize(tier, values);
  const capacity = each * provided;
  const unit = baseUnitSymbol(tier.demand.dimension);
  return { tier: tier.id, demand, capacity, unit, utilisation: demand / capacity, needed, provided, limit };
}

function estimateBudget({ id, title, limit, terms, source }: Budget, values: Values): EstimatedBudget {
  const allowed = values.evaluate(limit.expression);
  const total = terms.reduce((sum, term) => sum + values.of(term), 0);
  return {
    id,
    title,
    unit: baseUnitSymbol(limit.dimension),
    limit: allowed,
    total: Number.isFinite(total) ? total : null,
    left: Number.isFinite(total) ? allowed - total : null,
    terms: terms.map((term) => termOf(term, values.of(term), total)),
    ...(source === undefined ? {} : { source }),
  };
}

function termOf(id: string, value: number, total: number): EstimatedBudget['terms'][number] {
  if (!Number.isFinite(value)) return { id, value: null, share: 1 };
  return { id, value, share: total > 0 && Number.isFinite(total) ? value / total : 0 };
}

function estimateSpike(spike: Spike, steps: readonly ArchitectureStep[], values: Values): EstimatedSpike {
  const { name, title, factor, duration_s } = spike;
  const overloaded = (step: ArchitectureStep): string[] =>
    step.tiers.filter((tier) => estimateTier(tier, values).utilisation * factor.value > 1).map((tier) => tier.id);
  return {
    name,
    title,
    factor,
    duration_s,
    steps: steps.map((step) => ({ step: step.step, overloaded: overloaded(step) })),
  };
}
