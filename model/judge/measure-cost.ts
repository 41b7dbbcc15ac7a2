import type { ObservedPhase } from '../observation/observation.ts';
import type { RunSetting } from '../setting/run-setting.ts';
import { MONTH_S } from './format-value.ts';
import type { Measurement } from './measurement.ts';
import { windowOf } from './window.ts';
import type { NoData } from './window.ts';

/** USD/s that the step costs to run as the plan has it, tiers without a price left out. What ran on one machine costs nothing of it. */
export function measureCost(phases: readonly ObservedPhase[], setting?: RunSetting): Measurement | NoData {
  const cost = setting?.cost;
  if (!cost || cost.items.length === 0) {
    return { noData: 'nothing of this step has a price in the plan', help: 'give its tiers a `price`' };
  }
  const value = cost.total_usd_per_month / MONTH_S;
  return { value, unit: 'USD/s', samples: cost.items.length, censored: false, window: windowOf(phases) };
}
