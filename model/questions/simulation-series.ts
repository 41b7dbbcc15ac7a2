import type { Observation } from '../observation/observation.ts';
import type { SimulationSeries } from './simulation.ts';

const US = 1e-6;

/** Response times and utilisations over time: interval by interval the mean over the replications that saw something in it. */
export function simulationSeries(observations: readonly Observation[]): SimulationSeries {
  const [first] = observations;
  if (!first) return { at_s: [], p95_s: [], tiers: [] };
  const at_s = first.intervals.map(({ start_s }) => start_s);
  const p95_s = at_s.map((_, index) =>
    meanOf(
      observations.flatMap(({ intervals }) => {
        const response = intervals[index]?.response_us;
        return response && response.max > 0 ? [response.p95 * US] : [];
      }),
    ),
  );
  return { at_s, p95_s, tiers: first.tiers.map(({ tier }) => ({ tier, utilisation: utilisationOf(tier) })) };

  function utilisationOf(name: string): (number | null)[] {
    const series = observations.map(({ tiers }) => tiers.find(({ tier }) => tier === name)?.series ?? []);
    return at_s.map((_, index) => meanOf(series.flatMap((samples) => samples[index]?.utilisation ?? [])));
  }
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
