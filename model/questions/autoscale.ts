import { tierSize } from '../cost/tier-size.ts';
import { Values } from '../plan/compute.ts';
import type { ArchitectureStep, Autoscale, Pattern, Plan, PlannedTier, Spike } from '../plan/plan.ts';
import { baseUnitSymbol } from '../units/dimension.ts';
import { demandCurve } from './autoscale-demand.ts';
import type { DemandCurve } from './autoscale-demand.ts';
import { figuresOf } from './autoscale-figures.ts';
import type { AutoscaleFigures } from './autoscale-figures.ts';
import { simulateAutoscale } from './autoscale-simulate.ts';
import { spikeFigures } from './autoscale-spike.ts';
import type { SpikeFigures } from './autoscale-spike.ts';

export const AUTOSCALE_FORMAT_VERSION = 1;

/** What a tier's autoscaling rule makes of a pattern of load: what `autoscale --json` prints. */
export interface AutoscaleAnswer {
  readonly formatVersion: typeof AUTOSCALE_FORMAT_VERSION;
  readonly kind: 'autoscale';
  readonly plan: string;
  readonly title: string;
  readonly step: number;
  readonly tier: string;
  readonly pattern: { readonly name: string; readonly title: string; readonly period_s: number };
  readonly rule: Autoscale;
  /** At the pattern's peak, in `unit`. */
  readonly peakDemand: number;
  /** Of one instance, in `unit`. */
  readonly capacity: number;
  readonly unit: string;
  /** Over one period that follows another of the same kind. */
  readonly autoscaled: AutoscaleFigures;
  /** As many instances all the time as the peak needs with the tier's headroom. */
  readonly constant: { readonly instances: number; readonly instanceHours: number; readonly utilisation: number };
  /** Instance-hours that the rule saves, as a share of the constant ones; below 0 it takes more. */
  readonly saving: number;
  /** Null when the tier has no price. */
  readonly cost: AutoscaleCost | null;
  /** Null when none was asked for. */
  readonly spike: SpikeFigures | null;
}

/** In a period. */
export interface AutoscaleCost {
  readonly price_usd_per_h: number;
  readonly autoscaled_usd: number;
  readonly constant_usd: number;
  readonly saving_usd: number;
}

export interface AutoscaleQuestion {
  readonly step: ArchitectureStep;
  readonly tier: PlannedTier;
  readonly rule: Autoscale;
  readonly pattern: Pattern;
  readonly spike?: Spike;
}

/**
 * Runs a tier through one period of a pattern, minute by minute, under its autoscaling rule. A period of the same kind comes
 * before, so that the start does not depend on how many instances one begins with. The tier's `max_instances` bounds the rule.
 * @throws RangeError when the tier's demand or the capacity of an instance is not a finite number above 0.
 */
export function autoscale(plan: Plan, { step, tier, rule: asked, pattern, spike }: AutoscaleQuestion): AutoscaleAnswer {
  const load = peakLoad(plan, tier);
  if (!load) throw new RangeError(`demand and capacity of ${tier.id} have to be finite and above 0`);
  const max = Math.min(asked.max, tier.maxInstances ?? Infinity);
  const rule = { ...asked, max, min: Math.min(asked.min, max) };
  const curve = demandCurve(pattern, load.demand);
  const simulate = (demand: readonly number[]): ReturnType<typeof simulateAutoscale> => {
    const initial = instancesAtStart(rule, curve, load.capacity);
    const run = { rule, capacity: load.capacity, tick_s: curve.tick_s, initial };
    return simulateAutoscale({ ...run, demand: [...curve.demand, ...demand] });
  };
  const ticks = simulate(curve.demand);
  const [warmUp, after] = [ticks[curve.demand.length - 1], ticks.slice(curve.demand.length)];
  const autoscaled = figuresOf(after, warmUp, curve.tick_s, pattern);
  const constant = constantFigures(load, pattern.period_s);
  return {
    formatVersion: AUTOSCALE_FORMAT_VERSION,
    kind: 'autoscale',
    plan: plan.name,
    title: plan.title,
    step: step.step,
    tier: tier.id,
    pattern: { name: pattern.name, title: pattern.title, period_s: pattern.period_s },
    rule,
    peakDemand: load.demand,
    capacity: load.capacity,
    unit: baseUnitSymbol(tier.demand.dimension),
    autoscaled,
    constant,
    saving: 1 - autoscaled.instanceHours / constant.instanceHours,
    cost: load.price_usd_per_s === null ? null : costOf(load.price_usd_per_s, autoscaled, constant),
    spike: spike ? spikeFigures({ spike, pattern, curve, rule, simulate }) : null,
  };
}

export interface PeakLoad {
  readonly demand: number;
  /** Of one instance, in the unit of the demand. */
  readonly capacity: number;
  /** Instances for the demand with the tier's headroom, and no fewer than the rule keeps. */
  readonly needed: number;
  readonly price_usd_per_s: number | null;
}

/** A tier at the peak; undefined when that is not finite and above 0. */
export function peakLoad(plan: Pick<Plan, 'quantities'>, tier: PlannedTier): PeakLoad | undefined {
  const values = new Values(plan.quantities);
  const { demand, capacity, needed } = tierSize(tier, values);
  if (!(demand > 0) || !(capacity > 0) || !Number.isFinite(needed)) return undefined;
  return { demand, capacity, needed, price_usd_per_s: tier.price ? values.evaluate(tier.price.expression) : null };
}

/** So many that the rule would add none. */
function instancesAtStart({ min, max, outAbove }: Autoscale, { demand }: DemandCurve, capacity: number): number {
  return Math.min(max, Math.max(min, Math.ceil((demand[0] ?? 0) / (capacity * outAbove))));
}

function constantFigures({ demand, capacity, needed }: PeakLoad, period_s: number): AutoscaleAnswer['constant'] {
  return { instances: needed, instanceHours: (needed * period_s) / 3600, utilisation: demand / (needed * capacity) };
}

function costOf(
  price_usd_per_s: number,
  autoscaled: AutoscaleFigures,
  constant: AutoscaleAnswer['constant'],
): AutoscaleCost {
  const price_usd_per_h = price_usd_per_s * 3600;
  const autoscaled_usd = autoscaled.instanceHours * price_usd_per_h;
  const constant_usd = constant.instanceHours * price_usd_per_h;
  return { price_usd_per_h, autoscaled_usd, constant_usd, saving_usd: constant_usd - autoscaled_usd };
}
