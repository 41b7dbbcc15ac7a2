import type { Observation, ObservedPhase } from '../observation/observation.ts';
import { median, trendOf } from './trend.ts';
import { intervalsWithin } from './window.ts';

/** A phase in which requests in flight kept growing. */
export interface Growth {
  readonly phase: string;
  /** Requests in flight gained over the phase, by the robust trend, at the phase's mean rate. */
  readonly gained: number;
  readonly typical: number;
}

/** Shorter phases say nothing about a trend. */
export const STEADY_INTERVALS_MIN = 10;
/** Growth counts from this share of the typical number in flight, … */
export const STEADY_GROWTH_SHARE = 0.5;
/** … but not below so many requests, … */
export const STEADY_GROWTH_MIN = 10;
/** … and only when chance would hardly give it: 3 standard deviations of the Mann-Kendall statistic. */
export const STEADY_Z = 3;

/** Points that a phase is thinned to before its trend is taken. */
const POINTS = 120;

/**
 * The judged phase whose queue grew most, or undefined when all were steady. By Little's law, in flight = rate × time in the
 * system; each interval is scaled to the phase's mean rate first, so that a ramp alone is no growth.
 */
export function growthOf(observation: Observation): Growth | undefined {
  return observation.phases
    .filter((phase) => phase.judged)
    .flatMap((phase) => growthOfPhase(phase, observation) ?? [])
    .toSorted((a, b) => b.gained / Math.max(1, b.typical) - a.gained / Math.max(1, a.typical))[0];
}

function growthOfPhase(phase: ObservedPhase, observation: Observation): Growth | undefined {
  const sending = intervalsWithin(phase, observation).filter((each) => each.sent > 0);
  if (sending.length < STEADY_INTERVALS_MIN) return undefined;
  const mean = sending.reduce((sum, each) => sum + each.sent, 0) / sending.length;
  const points = thin(sending.map((each) => each.in_flight * (mean / each.sent)));
  const trend = trendOf(points);
  if (!trend || trend.z < STEADY_Z) return undefined;
  const gained = trend.slope * (points.length - 1);
  const typical = median(points);
  const grew = gained > STEADY_GROWTH_MIN && gained > STEADY_GROWTH_SHARE * typical;
  return grew ? { phase: phase.name, gained, typical } : undefined;
}

/** Means of equally long runs of neighbours, at most `POINTS` of them. */
function thin(values: readonly number[]): number[] {
  const step = Math.ceil(values.length / POINTS);
  if (step === 1) return [...values];
  const points: number[] = [];
  for (let i = 0; i + step <= values.length; i += step) {
    points.push(values.slice(i, i + step).reduce((sum, each) => sum + each, 0) / step);
  }
  return points;
}
