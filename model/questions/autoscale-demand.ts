import type { Pattern } from '../plan/plan.ts';

/** Patterns are followed minute by minute. */
const TICK_S = 60;

/** Demand at equal distances in time. */
export interface DemandCurve {
  readonly tick_s: number;
  readonly demand: readonly number[];
}

/**
 * A pattern's factor at a time of its period. Parts hold the mean over their length; between the middles of neighbouring
 * parts the factor moves linearly, also from the last part to the first, so that load never jumps.
 */
export function factorAt({ parts, period_s }: Pick<Pattern, 'parts' | 'period_s'>, at_s: number): number {
  const middles = parts.map(({ from_s, to_s, factor }) => ({ at_s: (from_s + to_s) / 2, factor }));
  const [first, last] = [middles[0], middles.at(-1)];
  if (!first || !last) return 1;
  const before = middles.findLast((middle) => middle.at_s <= at_s) ?? { ...last, at_s: last.at_s - period_s };
  const after = middles.find((middle) => middle.at_s > at_s) ?? { ...first, at_s: first.at_s + period_s };
  return before.factor + ((after.factor - before.factor) * (at_s - before.at_s)) / (after.at_s - before.at_s);
}

/** One period of a tier's demand: demands of plans are those of the peak, so demand(t) = peak × factor(t) / max factor. */
export function demandCurve(pattern: Pick<Pattern, 'parts' | 'period_s'>, peak: number): DemandCurve {
  const ticks = Math.max(1, Math.round(pattern.period_s / TICK_S));
  const tick_s = pattern.period_s / ticks;
  const highest = Math.max(...pattern.parts.map(({ factor }) => factor));
  const demand = Array.from({ length: ticks }, (_, tick) => (peak * factorAt(pattern, tick * tick_s)) / highest);
  return { tick_s, demand };
}
