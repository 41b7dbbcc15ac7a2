import type { Observation, ObservedPhase, TierSample } from '../observation/observation.ts';
import type { RunSetting, SettingTier } from '../setting/run-setting.ts';
import type { Measurement } from './measurement.ts';
import { readingsOf } from './tier-readings.ts';
import { isNoData, windowOf } from './window.ts';
import type { NoData } from './window.ts';

/**
 * Share of a tier's capacity in use, the mean over the window: what the executor says of it, else busy cores / (instances × cores that each
 * can use). NO_DATA where nothing says how many cores an instance can use.
 */
export function measureUtilisation(
  observation: Observation,
  phases: readonly ObservedPhase[],
  name: string,
  setting?: RunSetting,
): Measurement | NoData {
  const tier = setting?.tiers.find(({ id }) => id === name);
  const shares = readingsOf(observation, phases, name, 'the utilisation', (sample) => shareOf(sample, tier));
  if (isNoData(shares)) return isRead(observation, name) ? unknownCapacity(name) : shares;
  const value = shares.reduce((sum, { value: each }) => sum + each, 0) / shares.length;
  return { value, unit: 'share', samples: shares.length, censored: false, window: windowOf(phases) };
}

function shareOf({ utilisation, cpu_cores, instances }: TierSample, tier?: SettingTier): number | undefined {
  if (utilisation !== undefined) return utilisation;
  const count = instances ?? tier?.instances;
  if (cpu_cores === undefined || tier?.cores_each === undefined || !count) return undefined;
  return cpu_cores / (count * tier.cores_each);
}

/** Its processors were read, but not what they could do at most. */
function isRead({ tiers }: Observation, name: string): boolean {
  return tiers.some(({ tier, series }) => tier === name && series.some(({ cpu_cores }) => cpu_cores !== undefined));
}

function unknownCapacity(name: string): NoData {
  return {
    noData: `how many cores an instance of \`${name}\` can use is not known, so there is no share of them`,
    help: `judge \`cpu(${name})\`, in cores`,
  };
}
