import type { Observation, ObservedPhase } from '../observation/observation.ts';
import type { Measurement } from './measurement.ts';
import { windowOf } from './window.ts';
import type { NoData } from './window.ts';

/** Mean processor cores in use of one tier over the window, each reading weighing the same. */
export function measureCpu(
  observation: Observation,
  phases: readonly ObservedPhase[],
  name: string,
): Measurement | NoData {
  const tier = observation.tiers.find((each) => each.tier === name);
  if (!tier) {
    const names = observation.tiers.map((each) => each.tier).join(', ') || 'none';
    return { noData: `the run has no tier \`${name}\``, help: `its tiers: ${names}` };
  }
  const inWindow = (at_s: number): boolean => phases.some((phase) => at_s >= phase.start_s && at_s <= phase.end_s);
  const cores = tier.series.flatMap((sample) =>
    sample.cpu_cores !== undefined && inWindow(sample.at_s) ? [sample.cpu_cores] : [],
  );
  if (cores.length === 0) return { noData: `the processors of \`${name}\` were not read in the window` };
  const value = cores.reduce((sum, each) => sum + each, 0) / cores.length;
  return { value, unit: 'core', samples: cores.length, censored: false, window: windowOf(phases) };
}
