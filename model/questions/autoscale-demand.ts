import type { Pattern } from '../plan/plan.ts';

/** Patterns are followed minute by minute. */
const TICK_S = 60;
const RAMP_MAX_S = 600;

type Part = Pattern['parts'][number];

/** Demand at equal distances in time. */
export interface DemandCurve {
  readonly tick_s: number;
  readonly demand: readonly number[];
}

/**
 * A pattern's factor at a time of its period: that of the part, and around each border, also from the last part to the
 * first, a linear ramp, so that load never jumps. A ramp is centred on its border and takes at most ten minutes and half of
 * the shorter part. The mean over the period stays as stated, since what a part loses its neighbour gains: at a border of
 * factors f and g a ramp of r seconds moves |f − g| × r / 8. A part loses at most an eighth of its load, and at most what
 * comes in 150 s.
 */
export function factorAt({ parts }: Pick<Pattern, 'parts'>, at_s: number): number {
  const index = parts.findLastIndex(({ from_s }) => from_s <= at_s);
  const part = parts[index];
  if (!part) return 1;
  const before = parts.at(index - 1) ?? part;
  const after = parts[(index + 1) % parts.length] ?? part;
  return part.factor + rampTo(before, part, at_s - part.from_s) + rampTo(after, part, part.to_s - at_s);
}

/** What a ramp adds to a part's factor: half of the difference at the border, nothing from half of the ramp on. */
function rampTo(neighbour: Part, part: Part, distance_s: number): number {
  const shorter_s = Math.min(part.to_s - part.from_s, neighbour.to_s - neighbour.from_s);
  const ramp_s = Math.min(RAMP_MAX_S, shorter_s / 2);
  return (neighbour.factor - part.factor) * Math.max(0, 0.5 - distance_s / ramp_s);
}

/** One period of a tier's demand: demands of plans are those of the peak, so demand(t) = peak × factor(t) / max factor. */
export function demandCurve(pattern: Pick<Pattern, 'parts' | 'period_s'>, peak: number): DemandCurve {
  const ticks = Math.max(1, Math.round(pattern.period_s / TICK_S));
  const tick_s = pattern.period_s / ticks;
  const highest = Math.max(...pattern.parts.map(({ factor }) => factor));
  const demand = Array.from({ length: ticks }, (_, tick) => (peak * factorAt(pattern, tick * tick_s)) / highest);
  return { tick_s, demand };
}
