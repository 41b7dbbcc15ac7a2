import { SIMULATOR_CLAIMS } from '../judge/claims.ts';
import type { Criterion } from '../judge/criterion.ts';
import type { Conservation } from '../observation/observation.ts';
import type { ArchitectureStep } from '../plan/plan.ts';
import type { Load } from '../simulator/load.ts';
import type { Instability, SimulationRun } from '../simulator/run.ts';
import { estimatesOf } from '../simulator/statistics/estimates.ts';
import type { Estimate, RequestEstimates } from '../simulator/statistics/estimates.ts';
import { judgeReplications } from '../simulator/statistics/judge-replications.ts';
import type { System } from '../simulator/system.ts';
import { countersOf } from './simulation-counters.ts';
import { phaseFigures } from './simulation-phases.ts';
import { simulationSeries } from './simulation-series.ts';
import type { Figure, LoadFigures, StepSimulation, TierFigures, TierInstability } from './simulation.ts';

export interface StepReplications {
  readonly step: ArchitectureStep;
  readonly system: System;
  readonly load: Pick<Load, 'faults'>;
  /** At least one. */
  readonly runs: readonly SimulationRun[];
  readonly warmUp_s: number;
  readonly precision: number | null;
  readonly precisionAsked: number | null;
  readonly criteria: readonly Criterion[];
  readonly notes: readonly string[];
  /** Whether the series over time are wanted, too. */
  readonly series: boolean;
}

/**
 * What the replications of a scenario on one step say, judged. Throws a `RangeError` without a replication.
 */
export function stepSimulation(from: StepReplications): StepSimulation {
  const { step, runs, warmUp_s, precision, precisionAsked, criteria, notes } = from;
  const observations = runs.map(({ observation }) => observation);
  const estimates = estimatesOf(runs);
  return {
    step: step.step,
    name: step.name,
    judgement: judgeReplications(observations, criteria, SIMULATOR_CLAIMS),
    replications: runs.length,
    precision,
    precisionAsked,
    duration_s: Math.max(0, ...(observations[0]?.phases ?? []).map(({ end_s }) => end_s)),
    warmUp_s,
    events: runs.reduce((sum, { events }) => sum + events, 0),
    all: loadFigures(estimates.overall),
    phases: phaseFigures(observations),
    classes: estimates.classes.map((each) => ({ class: each.class, ...loadFigures(each) })),
    tiers: tierFigures(from, estimates.tiers),
    counters: countersOf(observations),
    instabilities: merged(from),
    timeline: observations[0]?.events ?? [],
    totals: totalsOf(observations.map(({ totals }) => totals)),
    warnings: estimates.warnings,
    notes,
    ...(from.series ? { series: simulationSeries(observations) } : {}),
  };
}

function loadFigures(estimates: RequestEstimates): LoadFigures {
  const { throughput_per_s, errorRate, mean_s, p50_s, p95_s, p99_s } = estimates;
  return {
    throughput_per_s: figureOrNull(throughput_per_s),
    error_share: figureOrNull(errorRate),
    mean_s: figureOrNull(mean_s),
    p50_s: figureOrNull(p50_s),
    p95_s: figureOrNull(p95_s),
    p99_s: figureOrNull(p99_s),
  };
}

function figure({ value, halfWidth95 }: Estimate): Figure {
  return { value, halfWidth95 };
}

function figureOrNull(estimate: Estimate | null): Figure | null {
  return estimate && { ...figure(estimate), ...(estimate.censored ? { atLeast: true } : {}) };
}

function tierFigures(
  { system, runs }: StepReplications,
  tiers: ReturnType<typeof estimatesOf>['tiers'],
): TierFigures[] {
  return tiers.flatMap((estimate) => {
    const tier = system.tiers.find(({ id }) => id === estimate.tier);
    if (!tier) return [];
    const errors = runs.flatMap(({ stations }) => stations.filter((station) => station.tier === tier.id));
    return {
      tier: tier.id,
      kind: tier.kind,
      instances: tier.instances,
      servers: tier.servers,
      throughput_per_s: figure(estimate.throughput_per_s),
      utilisation: figure(estimate.utilisation),
      waiting: figure(estimate.waiting),
      inside: figure(estimate.inside),
      residence_s: figure(estimate.residence_s),
      littleError: Math.max(0, ...errors.map(({ littleError }) => Math.abs(littleError))),
    };
  });
}

/** What happened to the same tier in the same phase of several replications is one thing. */
function merged(from: StepReplications): TierInstability[] {
  const groups = Map.groupBy(
    from.runs.flatMap(({ instabilities }) => instabilities),
    ({ tier, phase }) => `${phase}/${tier}`,
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { tier, phase, because } = first;
    const offeredUtilisation = group.reduce((sum, each) => sum + each.offeredUtilisation, 0) / group.length;
    return { tier, phase, replications: group.length, offeredUtilisation, faults: faultsOn(from, first), because };
  });
}

/** Kinds of the faults that a tier has at some time of a phase. */
function faultsOn({ system, load, runs }: StepReplications, { tier, phase }: Instability): string[] {
  const window = runs[0]?.observation.phases.find(({ name }) => name === phase);
  if (!window) return [];
  const during = load.faults.filter(
    (fault) => system.tiers[fault.tier]?.id === tier && fault.at_s < window.end_s && fault.until_s >= window.start_s,
  );
  return [...new Set(during.map(({ kind }) => kind))];
}

const TOTALS = ['scheduled', 'sent', 'dropped', 'ok', 'http_error', 'timeout', 'reset', 'in_flight_at_end'] as const;

function totalsOf(each: readonly Conservation[]): Conservation {
  const sums = { scheduled: 0, sent: 0, dropped: 0, ok: 0, http_error: 0, timeout: 0, reset: 0, in_flight_at_end: 0 };
  for (const totals of each) for (const name of TOTALS) sums[name] += totals[name];
  return sums;
}
