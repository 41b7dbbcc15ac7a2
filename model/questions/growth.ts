import type { Growth, Plan, Quantity } from '../plan/plan.ts';
import { displayUnit, inUnit } from '../estimate/display-unit.ts';
import { driversInMonth, loadsInMonth, staysBelow } from './growth-loads.ts';
import type { Sizing, StepLoads, TierLoad } from './growth-loads.ts';
import { dueTimeline } from './growth-timeline.ts';
import type { DuePeriod } from './growth-timeline.ts';
import { lastPoint } from './growth-value.ts';

export const GROWTH_FORMAT_VERSION = 1;
export const DEFAULT_MONTHS = 36;

/** How long an architecture lasts: what `growth --json` prints. Month n is n months after launch. */
export interface GrowthAnswer {
  readonly formatVersion: typeof GROWTH_FORMAT_VERSION;
  readonly kind: 'growth';
  readonly plan: string;
  readonly title: string;
  /** The last month that was looked at. */
  readonly months: number;
  /** Which instances tiers have when it is asked which step carries the load. */
  readonly sizing: Sizing;
  readonly timeline: readonly DuePeriod[];
  readonly steps: readonly StepGrowth[];
  readonly drivers: readonly Driver[];
}

export interface StepGrowth {
  readonly step: number;
  readonly name: string;
  readonly tiers: readonly TierGrowth[];
}

/** A tier over the months, were its step the running one from the start. */
export interface TierGrowth {
  readonly tier: string;
  /** Of the provided instances, in month 0 and in the last one; null where no finite number comes out. */
  readonly utilisationFirst: number | null;
  readonly utilisationLast: number | null;
  /** Share of spare capacity to keep, in month 0; null when the plan asks for none. */
  readonly headroom: number | null;
  /** When the utilisation first passes 1 / (1 + headroom); null when it does not, or there is no headroom. */
  readonly headroomUsed: Passing | null;
  /** When the utilisation first passes 100 %; null when it does not. */
  readonly saturated: Passing | null;
  /** Instances in the last month, as the plan's formula gives them; null beyond the range of numbers. */
  readonly provided: number | null;
  /** Instances in the last month, with the headroom; null where no number is enough. */
  readonly needed: number | null;
  /** What there can be at most in the last month; null without a limit. */
  readonly limit: number | null;
}

/** A limit is passed in month n when it is kept n months after launch and no longer a month later. */
export interface Passing {
  readonly month: number;
  /** True when it is not kept in month 0 either. */
  readonly fromStart: boolean;
}

/** An assumption that grows. */
export interface Driver {
  readonly quantity: string;
  readonly unit: string;
  /** Month of its last point; 0 when its growth has none. */
  readonly lastPoint: number;
  /** Growth for each month behind the last point, as a share; 0 holds it constant there. */
  readonly ratePerMonth: number;
  /** In month 0, in every month in which another step becomes due, and in the last one; null beyond the range of numbers. */
  readonly values: readonly { readonly month: number; readonly value: number | null }[];
}

/** Up to the last point of the plan's growth; three years where that has none. */
export function defaultMonths({ growth }: Pick<Plan, 'growth'>): number {
  return Math.ceil(Math.max(0, ...growth.map(lastPoint))) || DEFAULT_MONTHS;
}

/**
 * Evaluates a plan month by month along its growth: when each tier of each step saturates, and which step is due when. A
 * step carries the load as long as no tier needs more instances than there can be (see `tierSize`). With the sizing `as
 * provided` tiers keep their planned instances, which may be a formula that grows too, and a step ends when one is full.
 * @throws RangeError when `months` is not a whole number from 1 up.
 */
export function growth(plan: Plan, months: number = defaultMonths(plan), sizing: Sizing = 'as needed'): GrowthAnswer {
  if (!Number.isInteger(months) || months < 1) throw new RangeError(`months are counted from 1 up, not ${months}`);
  const loads = Array.from({ length: months + 1 }, (_, month) => loadsInMonth(plan, month, sizing));
  const timeline = dueTimeline(loads);
  const turningPoints = [...new Set([...timeline.map(({ fromMonth }) => fromMonth), months])];
  return {
    formatVersion: GROWTH_FORMAT_VERSION,
    kind: 'growth',
    plan: plan.name,
    title: plan.title,
    months,
    sizing,
    timeline,
    steps: plan.steps.map(({ step, name, tiers }, stepIndex) => ({
      step,
      name,
      tiers: tiers.map((_, tierIndex) => tierGrowth(seriesOf(loads, stepIndex, tierIndex))),
    })),
    drivers: plan.growth.flatMap((each) => {
      const quantity = plan.quantities.get(each.quantity);
      return quantity ? [driver(plan, each, quantity, turningPoints)] : [];
    }),
  };
}

function seriesOf(months: readonly (readonly StepLoads[])[], step: number, tier: number): TierLoad[] {
  return months.flatMap((steps) => steps[step]?.tiers[tier] ?? []);
}

function tierGrowth(series: readonly TierLoad[]): TierGrowth {
  const first = series[0];
  const last = series.at(-1);
  return {
    tier: first?.tier ?? '',
    utilisationFirst: first?.utilisation ?? null,
    utilisationLast: last?.utilisation ?? null,
    headroom: first?.headroom ?? null,
    headroomUsed: passing(series, (load) => load.headroom === null || staysBelow(load, 1 / (1 + load.headroom))),
    saturated: passing(series, (load) => staysBelow(load)),
    provided: last?.provided ?? null,
    needed: last?.needed ?? null,
    limit: last?.limit ?? null,
  };
}

function passing(series: readonly TierLoad[], isKept: (load: TierLoad) => boolean): Passing | null {
  const broken = series.findIndex((load) => !isKept(load));
  return broken < 0 ? null : { month: Math.max(0, broken - 1), fromStart: broken === 0 };
}

function driver(plan: Plan, growth: Growth, quantity: Quantity, months: readonly number[]): Driver {
  const unit = displayUnit(quantity);
  const values = months.map((month) => {
    const value = driversInMonth(plan, month).get(growth.quantity) ?? Infinity;
    return { month, value: Number.isFinite(value) ? inUnit(value, unit) : null };
  });
  const { quantity: id, rate } = growth;
  return { quantity: id, unit: unit.symbol, lastPoint: lastPoint(growth), ratePerMonth: rate, values };
}
