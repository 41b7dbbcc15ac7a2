import { latenciesOf, latencyAtQuantile } from '../judge/latencies.ts';
import { mean } from '../observation/histogram.ts';
import type { Observation, ObservedPhase } from '../observation/observation.ts';
import type { MeasuredLoad } from './compare.ts';
import { median } from './estimate.ts';
import { ownCores } from './load-window.ts';
import type { LoadWindow } from './load-window.ts';
import type { ResponseTimes } from './calibration.ts';

/**
 * What a phase of a live run showed. The generator is observed over the whole run only; its share of the phase goes by the
 * requests sent in it. Null when nothing was sent, or nobody looked at processors.
 */
export function measuredLoad(observation: Observation, phase: ObservedPhase, cores: number): MeasuredLoad | null {
  const seconds = phase.end_s - phase.start_s;
  const classes = observation.classes.filter((each) => each.phase === phase.name);
  const sent = classes.reduce((sum, each) => sum + each.sent, 0);
  const tiers = observation.tiers.flatMap(({ tier, series }) => {
    const used = series.flatMap(({ at_s, cpu_cores }) =>
      cpu_cores !== undefined && at_s > phase.start_s && at_s <= phase.end_s ? [cpu_cores] : [],
    );
    return used.length === 0 ? [] : [{ tier, cores: used.reduce((sum, each) => sum + each, 0) / used.length }];
  });
  if (sent === 0 || seconds <= 0 || tiers.length === 0) return null;
  const run_s = observation.phases.reduce((sum, { start_s, end_s }) => sum + end_s - start_s, 0);
  const generator_cores = (observation.generator.cpu_cores * run_s * sent) / (observation.totals.sent * seconds);
  const latencies = latenciesOf(classes, 'response');
  return {
    throughput_per_s: classes.reduce((sum, { ok }) => sum + ok, 0) / seconds,
    tiers,
    utilisation: tiers.reduce((sum, each) => sum + each.cores, generator_cores) / cores,
    mean_s: mean(latencies.histogram) / 1e6,
    p95_s: latencyAtQuantile(latencies, 0.95).value_us / 1e6,
  };
}

/** The same of windows at one rate, by their medians; times are those of all windows' requests. */
export function medianLoad(
  windows: readonly LoadWindow[],
  { mean_s, p95_s }: Pick<ResponseTimes, 'mean_s' | 'p95_s'>,
  cores: number,
): MeasuredLoad {
  const tiers = windows[0]?.tiers.map(({ tier }) => tier) ?? [];
  const coresOf = (tier: string, { tiers: works, seconds }: LoadWindow): number =>
    (works.find((each) => each.tier === tier)?.cpu_s ?? 0) / seconds;
  return {
    throughput_per_s: median(windows.map(({ answered, seconds }) => answered / seconds)),
    tiers: tiers.map((tier) => ({ tier, cores: median(windows.map((window) => coresOf(tier, window))) })),
    utilisation: median(windows.map(ownCores)) / cores,
    mean_s,
    p95_s,
  };
}
