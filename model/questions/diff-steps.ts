import type { EstimatedStep, EstimatedTier } from '../estimate/estimate.ts';
import { withoutNoise } from '../estimate/display-unit.ts';
import { isSame } from './is-same.ts';

/** A tier that both steps have, and that differs. */
export interface TierChange {
  readonly tier: string;
  readonly a: EstimatedTier;
  readonly b: EstimatedTier;
}

/** What is said of a step on each side. */
export interface StepSide {
  readonly step: number;
  readonly name: string;
  /** The tier that breaks first as load grows; null in a step without tiers. */
  readonly bottleneck: { readonly tier: string; readonly utilisation: number } | null;
  /** Null where nothing of the step has a price. */
  readonly cost_usd_per_s: number | null;
}

export interface StepDiff {
  readonly a: StepSide;
  readonly b: StepSide;
  readonly tiers: {
    /** The largest change of utilisation first, as a factor, up or down. */
    readonly changed: readonly TierChange[];
    readonly added: readonly EstimatedTier[];
    readonly removed: readonly EstimatedTier[];
    /** How many are the same in both. */
    readonly unchanged: number;
  };
}

/** Holds two steps against each other, tier by tier. */
export function diffSteps(a: EstimatedStep, b: EstimatedStep): StepDiff {
  const both = a.tiers.flatMap((before) => {
    const after = b.tiers.find(({ tier }) => tier === before.tier);
    return after ? [{ tier: before.tier, a: before, b: after }] : [];
  });
  const changed = both.filter((pair) => !isSameTier(pair.a, pair.b));
  const shared = new Set(both.map(({ tier }) => tier));
  return {
    a: side(a),
    b: side(b),
    tiers: {
      changed: changed.toSorted((x, y) => factorOf(y) - factorOf(x)),
      added: b.tiers.filter(({ tier }) => !shared.has(tier)),
      removed: a.tiers.filter(({ tier }) => !shared.has(tier)),
      unchanged: both.length - changed.length,
    },
  };
}

/** True when there is nothing to say of a step. */
export function isUnchanged({ a, b, tiers: { changed, added, removed } }: StepDiff): boolean {
  const sameCost = isSame(a.cost_usd_per_s ?? -1, b.cost_usd_per_s ?? -1);
  return sameCost && changed.length + added.length + removed.length === 0;
}

const FIGURES = ['demand', 'capacity', 'needed', 'provided'] as const;

function isSameTier(a: EstimatedTier, b: EstimatedTier): boolean {
  return a.unit === b.unit && FIGURES.every((figure) => isSame(a[figure], b[figure]));
}

function factorOf({ a, b }: TierChange): number {
  const ratio = withoutNoise(b.utilisation / a.utilisation);
  return Math.max(ratio, 1 / ratio);
}

function side({ step, name, tiers, bottleneck, cost }: EstimatedStep): StepSide {
  const worst = tiers.find(({ tier }) => tier === bottleneck);
  const first = worst ? { tier: worst.tier, utilisation: worst.utilisation } : null;
  return { step, name, bottleneck: first, cost_usd_per_s: cost?.total_usd_per_s ?? null };
}
