import type { Observation } from '../observation/observation.ts';
import type { RunSetting } from '../setting/run-setting.ts';
import { measureCounter, measurePerRequest, measureRatio } from './measure-counters.ts';
import { measureCost } from './measure-cost.ts';
import { measureCpu } from './measure-cpu.ts';
import { measureLost } from './measure-lost.ts';
import { measureMemory, measureMemoryGrowth } from './measure-memory.ts';
import { measureLatency } from './measure-latency.ts';
import { measureErrorRate, measureRate, measureReached } from './measure-outcomes.ts';
import { measureOutage, measureRecovery } from './measure-recovery.ts';
import { measureUtilisation } from './measure-utilisation.ts';
import type { Measurement } from './measurement.ts';
import type { Metric } from './metric.ts';
import { isNoData, phasesOf } from './window.ts';
import type { NoData } from './window.ts';

export type { Measurement } from './measurement.ts';
export { isNoData } from './window.ts';

/**
 * The metric as the observation shows it, over one phase or (without `phase`) all judged phases merged. Gives `NoData` for
 * what was not seen: an unknown phase, class or tier, a missing counter, or no requests. `setting` is what the run was made on, which costs and
 * shares of capacities are worked out with.
 */
export function measure(
  observation: Observation,
  metric: Metric,
  phase?: string,
  setting?: RunSetting,
): Measurement | NoData {
  const phases = phasesOf(observation, phase);
  if (isNoData(phases)) return phases;
  switch (metric.kind) {
    case 'percentile':
    case 'mean':
    case 'max':
      return measureLatency(observation, phases, metric);
    case 'error_rate':
      return measureErrorRate(observation, phases, metric.class);
    case 'rate':
      return measureRate(observation, phases, metric.class);
    case 'reached':
      return measureReached(observation, phases, metric.class);
    case 'ratio':
      return measureRatio(phases, metric.part, metric.rest);
    case 'per_request':
      return measurePerRequest(observation, phases, metric.counter);
    case 'counter':
      return measureCounter(observation, phases, metric.counter, phase);
    case 'cpu':
      return measureCpu(observation, phases, metric.tier);
    case 'memory':
      return measureMemory(observation, phases, metric.tier);
    case 'memory_growth':
      return measureMemoryGrowth(observation, phases, metric.tier);
    case 'utilisation':
      return measureUtilisation(observation, phases, metric.tier, setting);
    case 'recovery':
      if (metric.of === undefined) return measureRecovery(observation, phases, phase);
      return measureOutage(observation, phases, metric.of, phase);
    case 'lost':
      return measureLost(observation, phases, metric.of, phase);
    case 'cost':
      return measureCost(phases, setting);
  }
}
