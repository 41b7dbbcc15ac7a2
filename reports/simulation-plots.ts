import type { SimulationSeries, StepSimulation } from '../model/questions/simulation.ts';
import { formatInBaseUnit, formatNumber } from '../model/units/format.ts';
import type { Block } from './document.ts';
import { plot, SERIES_MAX } from './plot.ts';
import { tierName } from './tier-name.ts';

const HEIGHT = 7;

/** The p95 and the utilisation of the busiest tiers over time. */
export function simulationPlots({ series }: StepSimulation, width: number): Block[] {
  if (!series || series.at_s.length < 2) return [];
  const x = { label: 'time', format: (value: number) => formatInBaseUnit(value, 's'), values: series.at_s };
  const busiest = busiestSeries(series);
  const p95 = plot({
    x,
    y: { label: 'p95 of response time', format: (value) => formatInBaseUnit(value, 's') },
    series: [{ label: 'p95', values: series.p95_s }],
    width,
    height: HEIGHT,
  });
  const left = busiest.length < series.tiers.length ? `, the busiest ${busiest.length} of ${series.tiers.length}` : '';
  const utilisation = plot({
    x,
    y: { label: `utilisation${left}`, format: (value) => `${formatNumber(value, 3)} %`, lines: [100] },
    series: busiest.map(({ tier, utilisation }) => ({
      label: tierName(tier),
      values: utilisation.map((share) => (share === null ? null : share * 100)),
    })),
    width,
    height: HEIGHT,
  });
  return [p95, utilisation].map((text): Block => ({ kind: 'drawing', text }));
}

function busiestSeries({ tiers }: SimulationSeries): SimulationSeries['tiers'] {
  const peak = (values: readonly (number | null)[]): number =>
    values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
  const sorted = tiers.toSorted((a, b) => peak(b.utilisation) - peak(a.utilisation)).slice(0, SERIES_MAX);
  return tiers.filter((tier) => sorted.includes(tier));
}
