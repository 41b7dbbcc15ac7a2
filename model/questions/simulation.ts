import type { Judgement } from '../judge/judge.ts';
import type { Conservation, ObservedEvent } from '../observation/observation.ts';

export const SIMULATION_FORMAT_VERSION = 1;

/** A scenario on one or more steps of a plan, as the simulator shows it. The same for the same seed, on every platform. */
export interface Simulation {
  readonly formatVersion: typeof SIMULATION_FORMAT_VERSION;
  readonly kind: 'simulation';
  readonly plan: string;
  readonly scenario: string;
  readonly title: string;
  /** Times the scenario's rates. */
  readonly scale: number;
  readonly seed: number;
  readonly steps: readonly StepSimulation[];
}

/** One step under the scenario. Figures are of the judged phases. */
export interface StepSimulation {
  readonly step: number;
  readonly name: string;
  readonly judgement: Judgement;
  readonly replications: number;
  /** Half the width of the 95 % interval over its value, the larger of mean and p95; null when it cannot be told. */
  readonly precision: number | null;
  /** What was asked for; null when only a number of replications was. */
  readonly precisionAsked: number | null;
  /** Of each replication, what was cut off as warm-up included. */
  readonly duration_s: number;
  /** Cut off the start of the first judged phase, beyond the phases that are not judged. */
  readonly warmUp_s: number;
  /** Of all replications together. */
  readonly events: number;
  readonly all: LoadFigures;
  /** Those that are not judged, too. */
  readonly phases: readonly PhaseFigures[];
  readonly classes: readonly (LoadFigures & { readonly class: string })[];
  readonly tiers: readonly TierFigures[];
  readonly counters: Counters;
  readonly instabilities: readonly TierInstability[];
  /** What happened in the first replication. */
  readonly timeline: readonly ObservedEvent[];
  /** Requests of all replications and phases together. */
  readonly totals: Conservation;
  /** Why an interval may be too narrow. */
  readonly warnings: readonly string[];
  /** What the plan leaves out, or the simulator takes a short way for. */
  readonly notes: readonly string[];
  /** Means over the replications, interval by interval. */
  readonly series?: SimulationSeries;
}

/** A mean over the replications; `halfWidth95` to both sides is its 95 % interval, null when there is none. */
export interface Figure {
  readonly value: number;
  readonly halfWidth95: number | null;
  /** It rests on requests that were given up on: the true value is at least this. */
  readonly atLeast?: true;
}

/** Null where nothing was seen. */
export interface LoadFigures {
  /** Answered ok. */
  readonly throughput_per_s: Figure | null;
  /** Of what was sent; 0 to 1. */
  readonly error_share: Figure | null;
  readonly mean_s: Figure | null;
  readonly p50_s: Figure | null;
  readonly p95_s: Figure | null;
  readonly p99_s: Figure | null;
}

/** One phase: the requests that arrived in it, of all replications together. */
export interface PhaseFigures {
  readonly phase: string;
  readonly judged: boolean;
  readonly start_s: number;
  readonly end_s: number;
  readonly throughput_per_s: Figure;
  readonly error_share: Figure | null;
  readonly p50_s: Figure | null;
  readonly p95_s: Figure | null;
  readonly p99_s: Figure | null;
}

/** What was counted in the judged phases, by name; means over the replications. */
export interface Counters {
  readonly per_s: Readonly<Record<string, number>>;
  /** Of what is too rare for a rate: writes that were lost, messages that died. */
  readonly per_replication: Readonly<Record<string, number>>;
  /** By message: from its publishing to its delivery. Without those of which none was delivered. */
  readonly mean_age_s: Readonly<Record<string, number>>;
}

export interface TierFigures {
  readonly tier: string;
  readonly kind: string;
  /** At the start. */
  readonly instances: number;
  /** Of each instance. */
  readonly servers: number;
  readonly throughput_per_s: Figure;
  /** 0 to 1. */
  readonly utilisation: Figure;
  /** Visits. */
  readonly waiting: Figure;
  readonly inside: Figure;
  readonly residence_s: Figure;
  /** L = λ W, each counted on its own: what is missing, as a share of L; the worst replication. */
  readonly littleError: number;
}

/** A tier that could not keep up in at least one replication. */
export interface TierInstability {
  readonly tier: string;
  readonly phase: string;
  /** In so many replications. */
  readonly replications: number;
  /** Offered work over what its instances can do; the mean of those replications. */
  readonly offeredUtilisation: number;
  /** Kinds of the scenario's faults that the tier has in that phase. */
  readonly faults: readonly string[];
  /** In words, from the first of them. */
  readonly because: string;
}

export interface SimulationSeries {
  /** Where each interval begins. */
  readonly at_s: readonly number[];
  /** Null where nothing arrived. */
  readonly p95_s: readonly (number | null)[];
  readonly tiers: readonly { readonly tier: string; readonly utilisation: readonly (number | null)[] }[];
}
