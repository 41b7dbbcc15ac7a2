import type { Observation, TierSample } from '../../model/observation/observation.ts';
import type { RunSetting } from '../../model/setting/run-setting.ts';

/** How busy a tier was over the judged phases; what was not read is absent. */
export interface TierLoad {
  readonly tier: string;
  readonly instances?: number;
  /** Mean share of its capacity. */
  readonly utilisation?: number;
  readonly cpu_cores?: number;
  readonly cpu_cores_max?: number;
  /** Mean share of the cores that its instances can use at all. */
  readonly share?: number;
  readonly memory_bytes_max?: number;
  readonly queue_max?: number;
}

/** All tiers that were read, the busiest first. */
export function tierLoads({ tiers, phases }: Observation, setting: RunSetting | undefined): TierLoad[] {
  const judged = phases.filter((phase) => phase.judged);
  const isJudged = ({ at_s }: TierSample): boolean =>
    judged.length === 0 || judged.some(({ start_s, end_s }) => at_s >= start_s && at_s <= end_s);
  const loads = tiers.map(({ tier, series }): TierLoad => {
    const of = (key: Exclude<keyof TierSample, 'at_s'>): number[] =>
      series.filter(isJudged).flatMap((sample) => sample[key] ?? []);
    const started = setting?.tiers.find(({ id }) => id === tier);
    const instances = of('instances').at(-1) ?? started?.instances;
    const cores = meanOf(of('cpu_cores'));
    const limit =
      started?.cores_each === undefined || instances === undefined ? undefined : started.cores_each * instances;
    return {
      tier,
      ...defined('instances', instances),
      ...defined('utilisation', meanOf(of('utilisation'))),
      ...defined('cpu_cores', cores),
      ...defined('cpu_cores_max', mostOf(of('cpu_cores'))),
      ...defined('share', cores === undefined || limit === undefined || limit === 0 ? undefined : cores / limit),
      ...defined('memory_bytes_max', mostOf(of('memory_bytes'))),
      ...defined('queue_max', mostOf(of('queue_length'))),
    };
  });
  return loads.toSorted((a, b) => busyness(b) - busyness(a));
}

function busyness({ utilisation, cpu_cores = 0 }: TierLoad): number {
  return utilisation ?? cpu_cores;
}

function defined<K extends string>(key: K, value: number | undefined): { readonly [P in K]?: number } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: number });
}

function meanOf(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function mostOf(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : Math.max(...values);
}
