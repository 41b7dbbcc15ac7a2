import type { ObservedPhase } from '../model/observation/observation.ts';
import { requestsPerJourney } from '../model/scenario/journey.ts';
import type { Journey } from '../model/scenario/journey.ts';
import { firstPieces, meanRate_per_s } from '../model/workload/cumulative-rate.ts';
import type { SchedulePhase } from '../model/workload/workload.ts';
import { difference } from './counters.ts';
import type { Reading } from './counters.ts';

/** Counters are read when a phase begins and once after the last; an interrupted leg has fewer readings. */
export function observePhases(
  phases: readonly SchedulePhase[],
  journeys: readonly Journey[],
  offset_s: number,
  borders: readonly (Reading | undefined)[],
): ObservedPhase[] {
  let start_s = offset_s;
  return phases.map((phase, index) => {
    const end_s = start_s + phase.duration_s;
    const [before, after] = [borders[index], borders[index + 1]];
    const arrivals_per_s = meanRate_per_s(phase);
    const rates = {
      target_rate_per_s: arrivals_per_s * requestsPerJourney(journeys),
      ...(journeys.length > 0 && { target_journeys_per_s: arrivals_per_s }),
    };
    const counters = before && after ? difference(before, after) : {};
    const observed = { name: phase.name, start_s, end_s, judged: phase.judged, ...rates, counters };
    start_s = end_s;
    return observed;
  });
}

/**
 * The phases of a leg that have begun, the last one until now. Journeys are counted at the end alone, and how often their requests come
 * depends on the answers, so that no rate is held against them before.
 */
export function observePhasesUntil(
  at_s: number,
  phases: readonly SchedulePhase[],
  journeys: readonly Journey[],
  offset_s: number,
  borders: readonly (Reading | undefined)[],
): ObservedPhase[] {
  const observed = observePhases(begunUntil(at_s, phases), journeys, offset_s, borders);
  if (journeys.length === 0) return observed;
  return observed.map(({ target_journeys_per_s: _ignored, ...phase }) => ({ ...phase, target_rate_per_s: 0 }));
}

function begunUntil(at_s: number, phases: readonly SchedulePhase[]): SchedulePhase[] {
  let left_s = at_s;
  return phases.flatMap((phase) => {
    const duration_s = Math.min(phase.duration_s, left_s);
    left_s -= duration_s;
    return duration_s > 0 ? [{ ...phase, duration_s, pieces: firstPieces(phase.pieces, duration_s) }] : [];
  });
}
