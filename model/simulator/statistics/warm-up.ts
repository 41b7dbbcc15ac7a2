import { trendOf } from '../../judge/trend.ts';
import { intervalsWithin } from '../../judge/window.ts';
import type { Interval, ObservedPhase } from '../../observation/observation.ts';
import type { SimulationRun } from '../run.ts';
import { mser5 } from './mser5.ts';

/** Below this many intervals with answers a series says nothing about its start. */
const INTERVALS_MIN = 20;
/** Arrivals count as a ramp when chance would hardly give their trend: standard deviations of the Mann-Kendall statistic. */
const RAMP_Z = 3;
/** Points that arrivals are thinned to before their trend is taken. */
const TREND_POINTS = 60;

/**
 * Seconds at the start of the first judged phase in which the system, empty at first, had not settled yet: MSER-5 over the mean
 * response times of its intervals. In doubt nothing is cut, since what a scenario asks for is no warm-up: nothing when
 * arrivals ramp, when a tier could not keep up, or when the response time never settles; and only the part before
 * the phase's first event (a fault, a failover, a scale-out) is looked at.
 */
export function warmUpOf({ observation, instabilities }: SimulationRun): number {
  const phase = observation.phases.find((each) => each.judged);
  if (!phase || instabilities.some((each) => each.phase === phase.name)) return 0;
  const until_s = firstEvent_s(phase, observation.events);
  const undisturbed = intervalsWithin({ ...phase, end_s: until_s }, observation);
  const answered = undisturbed.filter((interval) => interval.response_us.max > 0);
  if (answered.length < INTERVALS_MIN || ramps(undisturbed)) return 0;
  const cut = mser5(answered.map(({ response_us }) => response_us.mean ?? response_us.p50));
  const neverSettled = cut >= mostOf(answered.length);
  return cut === 0 || neverSettled ? 0 : (answered[cut]?.start_s ?? phase.start_s) - phase.start_s;
}

function firstEvent_s(phase: ObservedPhase, events: SimulationRun['observation']['events']): number {
  const within = events.filter(({ at_s }) => at_s >= phase.start_s && at_s < phase.end_s);
  return Math.min(phase.end_s, ...within.map(({ at_s }) => at_s));
}

/** What MSER-5 cuts at most of so many values. */
function mostOf(values: number): number {
  return Math.floor(Math.floor(values / 5) / 2) * 5;
}

function ramps(intervals: readonly Interval[]): boolean {
  const size = Math.ceil(intervals.length / TREND_POINTS);
  const points: number[] = [];
  for (let start = 0; start + size <= intervals.length; start += size) {
    points.push(intervals.slice(start, start + size).reduce((sum, { scheduled }) => sum + scheduled, 0));
  }
  return Math.abs(trendOf(points)?.z ?? 0) >= RAMP_Z;
}
