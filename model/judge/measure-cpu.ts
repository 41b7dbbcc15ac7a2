import type { Observation, ObservedPhase } from '../observation/observation.ts';
import type { Measurement } from './measurement.ts';
import { readingsOf } from './tier-readings.ts';
import { isNoData, windowOf } from './window.ts';
import type { NoData } from './window.ts';

/** Mean processor cores in use of one tier over the window, each reading weighing the same. */
export function measureCpu(
  observation: Observation,
  phases: readonly ObservedPhase[],
  name: string,
): Measurement | NoData {
  const cores = readingsOf(observation, phases, name, 'the processors', ({ cpu_cores }) => cpu_cores);
  if (isNoData(cores)) return cores;
  const value = cores.reduce((sum, { value: each }) => sum + each, 0) / cores.length;
  return { value, unit: 'core', samples: cores.length, censored: false, window: windowOf(phases) };
}
