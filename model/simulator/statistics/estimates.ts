import type { SimulationRun, StationRun } from '../run.ts';
import { batchMeansInterval } from './batch-means.ts';
import type { BatchMeans } from './batch-means.ts';
import { seriesOf, tierSeriesOf } from './figure-series.ts';
import { FIGURES, figuresOf } from './figures.ts';
import type { FigureName, Figures } from './figures.ts';
import { replicationInterval } from './replication-interval.ts';

/** A simulated figure: value ± halfWidth95, the half width being null when too little was simulated to tell. */
export interface Estimate {
  readonly value: number;
  readonly halfWidth95: number | null;
  readonly method: 'replications' | 'batch means';
  /** It rests on requests that never answered: the true one is at least this. */
  readonly censored: boolean;
}

/** Figures of requests; null where none were seen. */
export type RequestEstimates = Readonly<Record<FigureName, Estimate | null>>;

const TIER_FIGURES = ['utilisation', 'waiting', 'inside', 'residence_s', 'throughput_per_s'] as const;
type TierFigureName = (typeof TIER_FIGURES)[number];
export type TierEstimates = { readonly tier: string } & Readonly<Record<TierFigureName, Estimate>>;

/** What all replications together say of the judged phases. */
export interface Estimates {
  readonly replications: number;
  readonly overall: RequestEstimates;
  readonly classes: readonly ({ readonly class: string } & RequestEstimates)[];
  readonly tiers: readonly TierEstimates[];
  /** Why an interval may be too narrow; lower case. */
  readonly warnings: readonly string[];
}

/**
 * Estimates from replications of the same system and load: the mean of what the replications say, with a t interval over them.
 * That holds for percentiles, too: an estimate is the mean of the replications' percentiles. A single run's intervals come from
 * batch means, where it has a series over time; elsewhere there are none. Throws a `RangeError` without a run.
 * Literature: A. M. Law, Simulation Modeling and Analysis, 5th ed. 2015, sections 9.4 and 9.5.
 */
export function estimatesOf(runs: readonly SimulationRun[]): Estimates {
  const [first, second] = runs;
  if (!first) throw new RangeError('estimates need at least one run');
  const each = runs.map(figuresOfRun);
  const single = second === undefined ? first : undefined;
  const classes = [...new Set(first.observation.classes.map((each) => each.class))];
  return {
    replications: runs.length,
    overall: requestEstimates(
      each.map(({ overall }) => overall),
      single,
    ),
    classes: classes.map((name) => ({
      class: name,
      ...requestEstimates(each.flatMap(({ classes }) => classes.get(name) ?? [])),
    })),
    tiers: first.stations.map(({ tier }) => tierEstimates(tier, runs, single)),
    warnings: single ? warningsOf(single) : [],
  };
}

interface RunFigures {
  readonly overall: Figures;
  readonly classes: ReadonlyMap<string, Figures>;
}

/** A run does not change, and a sequence of replications asks for the first ones again each time it grows. */
const known = new WeakMap<SimulationRun, RunFigures>();

function figuresOfRun(run: SimulationRun): RunFigures {
  const before = known.get(run);
  if (before) return before;
  const { observation } = run;
  const names = new Set(observation.classes.map((each) => each.class));
  const classes = new Map([...names].map((name) => [name, figuresOf(observation, name)] as const));
  const figures = { overall: figuresOf(observation), classes };
  known.set(run, figures);
  return figures;
}

function requestEstimates(each: readonly Figures[], single?: SimulationRun): RequestEstimates {
  const estimate = (name: FigureName): Estimate | null => {
    const seen = each.flatMap((figures) => figures[name] ?? []);
    if (seen.length === 0) return null;
    const values = seen.map(({ value }) => value);
    const censored = seen.some((figure) => figure.censored);
    return { ...estimateOf(values, single && seriesOf(single, name)), censored };
  };
  return {
    throughput_per_s: estimate('throughput_per_s'),
    errorRate: estimate('errorRate'),
    mean_s: estimate('mean_s'),
    p50_s: estimate('p50_s'),
    p95_s: estimate('p95_s'),
    p99_s: estimate('p99_s'),
  };
}

function tierEstimates(tier: string, runs: readonly SimulationRun[], single?: SimulationRun): TierEstimates {
  const stations = runs.flatMap((run) => run.stations.find((station) => station.tier === tier) ?? []);
  const estimate = (name: TierFigureName & keyof StationRun, series?: number[]): Estimate =>
    estimateOf(
      stations.map((station) => station[name]),
      series,
    );
  return {
    tier,
    utilisation: estimate('utilisation', single && tierSeriesOf(single, tier, 'utilisation')),
    waiting: estimate('waiting', single && tierSeriesOf(single, tier, 'queue_length')),
    inside: estimate('inside'),
    residence_s: estimate('residence_s'),
    throughput_per_s: estimate('throughput_per_s', single && tierSeriesOf(single, tier, 'throughput_per_s')),
  };
}

function estimateOf(values: readonly number[], series: readonly number[] = []): Estimate {
  const { mean, halfWidth95 } = replicationInterval(values);
  if (values.length > 1) return { value: mean, halfWidth95, method: 'replications', censored: false };
  const halfOfBatches = batchesOf(series)?.halfWidth95 ?? null;
  return { value: mean, halfWidth95: halfOfBatches, method: 'batch means', censored: false };
}

function batchesOf(series: readonly number[]): BatchMeans | null {
  return series.length === 0 ? null : batchMeansInterval(series);
}

const NAMES: Readonly<Record<FigureName, string>> = {
  throughput_per_s: 'throughput',
  errorRate: 'the error rate',
  mean_s: 'the mean response time',
  p50_s: 'p50',
  p95_s: 'p95',
  p99_s: 'p99',
};

function warningsOf(run: SimulationRun): string[] {
  const correlated = FIGURES.filter((name) => batchesOf(seriesOf(run, name))?.correlated);
  if (correlated.length === 0) return [];
  const names = correlated.map((name) => NAMES[name]).join(', ');
  return [
    `one part of the run resembles the next in ${names}: the intervals are too narrow; simulate more replications`,
  ];
}
