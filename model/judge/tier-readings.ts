import type { Observation, ObservedPhase, TierSample } from '../observation/observation.ts';
import type { NoData } from './window.ts';

export interface TierReading {
  readonly at_s: number;
  readonly value: number;
}

/** What was read of one tier within the phases, in time order; `what` names it where there is nothing. */
export function readingsOf(
  { tiers }: Observation,
  phases: readonly ObservedPhase[],
  name: string,
  what: string,
  valueOf: (sample: TierSample) => number | undefined,
): readonly TierReading[] | NoData {
  const tier = tiers.find((each) => each.tier === name);
  if (!tier) {
    const names = tiers.map((each) => each.tier).join(', ') || 'none';
    return { noData: `the run has no tier \`${name}\``, help: `its tiers: ${names}` };
  }
  const inWindow = (at_s: number): boolean => phases.some((phase) => at_s >= phase.start_s && at_s <= phase.end_s);
  const readings = tier.series.flatMap((sample) => {
    const value = valueOf(sample);
    return value !== undefined && inWindow(sample.at_s) ? [{ at_s: sample.at_s, value }] : [];
  });
  return readings.length > 0 ? readings : { noData: `${what} of \`${name}\` were not read in the window` };
}
