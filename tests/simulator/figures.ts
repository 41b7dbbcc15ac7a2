import { createHistogram, decode, mean, merge, percentile } from '../../model/observation/histogram.ts';
import { simulate } from '../../model/simulator/kernel/simulate.ts';
import type { Load } from '../../model/simulator/load.ts';
import type { SimulationRun, StationRun } from '../../model/simulator/run.ts';
import type { System } from '../../model/simulator/system.ts';
import { BY_HAND } from '../../model/simulator/testing/systems.ts';

/** What a run without a warm-up to cut, or one of the given length, shows. */
export function run(system: System, load: Load, seed = 1, warmUp_s = 0): SimulationRun {
  return simulate(system, load, { seed, warmUp_s, what: { ...BY_HAND, seed } });
}

/** The station of a tier, over the judged phases. Throws when there is none. */
export function stationOf({ stations }: SimulationRun, tier: string): StationRun {
  const found = stations.find((each) => each.tier === tier);
  if (found === undefined) throw new RangeError(`no tier ${tier} in ${stations.map((each) => each.tier).join()}`);
  return found;
}

/** Response times of all requests of the judged phases, in s. */
export function responses({ observation }: SimulationRun): {
  mean_s: number;
  percentile_s: (percent: number) => number;
} {
  const judged = new Set(observation.phases.filter((phase) => phase.judged).map((phase) => phase.name));
  const all = createHistogram();
  for (const each of observation.classes) if (judged.has(each.phase)) merge(all, decode(each.response_us));
  return { mean_s: mean(all) / 1e6, percentile_s: (percent) => percentile(all, percent) / 1e6 };
}

/** A counter summed over the judged phases; 0 when nothing was counted. */
export function counted({ observation }: SimulationRun, counter: string): number {
  const judged = observation.phases.filter((phase) => phase.judged);
  return judged.reduce((sum, phase) => sum + (phase.counters[counter] ?? 0), 0);
}

/** How far a figure is from what theory says, as a share of it. */
export function deviation(found: number, expected: number): number {
  return Math.abs(found / expected - 1);
}
