import type { Observation, TierObservation, TierSample } from '../../model/observation/observation.ts';
import type { RunSetting } from '../../model/setting/run-setting.ts';
import { formatInBaseUnit, formatNumber } from '../../model/units/format.ts';
import { widenedScale } from '../plot-axis.ts';
import { tierName } from '../tier-name.ts';
import { bucketLength_s, bucketsOf } from './buckets.ts';
import { figureMarkup } from './figure.ts';
import type { Content } from './markup.ts';
import { plotMarkup } from './plot.ts';
import type { PlotLine } from './plot.ts';
import { scenarioDuration, spansOf, timeAxis, timeText } from './run-time.ts';
import { tableMarkup } from './table.ts';
import { tierLoads } from './tier-load.ts';
import type { TierLoad } from './tier-load.ts';

/** More lines than this cannot be told apart. */
const LINES_MAX = 8;

/** How busy each tier was: over time, and on average over the judged phases. */
export function tiers(observation: Observation, setting: RunSetting | undefined): Content {
  const loads = tierLoads(observation, setting);
  return loads.length === 0
    ? null
    : [...MEASURES.map((measure) => tierFigure(observation, loads, measure)), tierTable(loads)];
}

interface Measure {
  readonly label: string;
  readonly of: (sample: TierSample) => number | undefined;
  readonly format: (value: number) => string;
  readonly caption: string;
}

const percent = (value: number): string => `${formatNumber(value * 100, 3)} %`;
const MEASURES: readonly Measure[] = [
  {
    label: 'utilisation',
    of: ({ utilisation }) => utilisation,
    format: percent,
    caption: 'Share of the capacity of each tier that was in use',
  },
  {
    label: 'processor cores',
    of: ({ cpu_cores }) => cpu_cores,
    format: (value) => formatNumber(value, 3),
    caption: 'Processor cores that each tier used, all its instances together',
  },
];

function tierFigure(
  observation: Observation,
  loads: readonly TierLoad[],
  { label, of, format, caption }: Measure,
): Content {
  const read = observation.tiers.filter(({ series }) => series.some((sample) => of(sample) !== undefined));
  if (read.length === 0) return null;
  const rank = (tier: string): number => loads.findIndex((load) => load.tier === tier);
  const busiest = read.toSorted((a, b) => rank(a.tier) - rank(b.tier)).slice(0, LINES_MAX);
  const length_s = bucketLength_s(scenarioDuration(observation), 1);
  const lines = busiest.map((tier) => lineOf(tier, length_s, of));
  const highest = Math.max(...lines.flatMap(({ points }) => points.map(({ y, high }) => high ?? y ?? 0)));
  const times = [...new Set(lines.flatMap(({ points }) => points.map(({ x }) => x)))].toSorted((a, b) => a - b);
  const drawing = plotMarkup({
    x: timeAxis(observation),
    y: { label, scale: widenedScale(0, highest, 5), format },
    lines,
    spans: spansOf(observation),
    rows: times,
  });
  const left = busiest.length < read.length ? ` The busiest ${busiest.length} of ${read.length} are drawn.` : '';
  const byTime = lines.map(({ points }) => new Map(points.map(({ x, y }) => [x, y])));
  const data = {
    caption,
    columns: [{ title: 'Around' }, ...lines.map((line) => ({ title: line.label, numeric: true }))],
    rows: times.map((x) => [
      timeText(x),
      ...byTime.map((values) => ((y) => (y === null || y === undefined ? '-' : format(y)))(values.get(x))),
    ]),
  };
  return figureMarkup({ drawing, caption: `${caption}.${left}`, data });
}

function lineOf({ tier, series }: TierObservation, length_s: number, of: Measure['of']): PlotLine {
  const read = series.flatMap((sample) => {
    const value = of(sample);
    return value === undefined ? [] : [{ at_s: sample.at_s, value }];
  });
  const points = bucketsOf(read, length_s, ({ at_s }) => at_s).map(({ start_s, end_s, items }) => {
    const values = items.map(({ value }) => value);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const range = { low: Math.min(...values), high: Math.max(...values) };
    return { x: (start_s + end_s) / 2, y: mean, ...(values.length > 1 && range) };
  });
  return { label: tierName(tier), points };
}

function tierTable(loads: readonly TierLoad[]): Content {
  const hasShare = loads.some(({ utilisation }) => utilisation !== undefined);
  const hasCores = loads.some(({ cpu_cores }) => cpu_cores !== undefined);
  const columns = [
    { title: 'Tier' },
    { title: 'instances', numeric: true },
    ...(hasShare ? [{ title: 'utilisation', numeric: true }] : []),
    ...(hasCores
      ? [
          { title: 'cores, mean', numeric: true },
          { title: 'cores, most', numeric: true },
          { title: 'of their cores', numeric: true },
        ]
      : []),
    { title: 'memory, most', numeric: true },
    { title: 'queue, most', numeric: true },
  ];
  const rows = loads.map((load): Content[] => [
    tierName(load.tier),
    shown(load.instances, (value) => formatNumber(value)),
    ...(hasShare ? [shown(load.utilisation, percent)] : []),
    ...(hasCores
      ? [
          shown(load.cpu_cores, (value) => formatNumber(value, 3)),
          shown(load.cpu_cores_max, (value) => formatNumber(value, 3)),
          shown(load.share, percent),
        ]
      : []),
    shown(load.memory_bytes_max, (value) => formatInBaseUnit(Number(value.toPrecision(3)), 'B')),
    shown(load.queue_max, (value) => formatNumber(value)),
  ]);
  return tableMarkup({ caption: 'Tiers over the judged phases, the busiest first', columns, rows });
}

function shown(value: number | undefined, format: (value: number) => string): string {
  return value === undefined ? '-' : format(value);
}
