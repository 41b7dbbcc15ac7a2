import type { Criterion } from '../judge/criterion.ts';
import type { LoadPhase, SystemFault } from '../simulator/load.ts';
import type { ArrivalProcess, SchedulePhase } from '../workload/workload.ts';
import type { Parameters } from './instrument.ts';

export const PROFILES = ['short', 'full'] as const;
export type Profile = (typeof PROFILES)[number];

/** What happens to a topology: arrivals over time, the mix, faults, and what is expected. Rates are at full scale. */
export interface Scenario {
  readonly name: string;
  readonly title: string;
  /** Steps of the plan it applies to. */
  readonly steps: readonly number[];
  readonly engine: string;
  readonly process: ArrivalProcess;
  readonly phases: readonly ScenarioPhase[];
  /** In file order. */
  readonly faults: readonly ScenarioFault[];
  /** Request class to share; the plan's own shares when the scenario names none. Adds up to 1. */
  readonly mix: ReadonlyMap<string, number>;
  /** Connections that the generator may open. */
  readonly connections: number;
  readonly inFlightCap: number;
  /** Processes that share the load on live servers. */
  readonly generators: number;
  /** What tiers are set to on live servers, on top of what the plan says. The simulator keeps to the plan. */
  readonly settings: ReadonlyMap<string, TierSettings>;
  /** Share of the rates that live servers are driven with when nobody asks for another; 1 unless the file says so. */
  readonly liveScale: number;
  /** Whether a verification in short has time for it; those with `full` are for `verify --full`. */
  readonly profile: Profile;
  /** Whether live servers have to have data that no other run has written to. */
  readonly freshData: boolean;
  /** Names of what looks on while load runs on live servers. */
  readonly watches: readonly string[];
  /** Names of what reads afterwards what the run has left on live servers. */
  readonly checks: readonly string[];
  readonly expect: readonly Criterion[];
}

/** Settings of one tier; `instances` is how many of them a live stack starts. */
export type TierSettings = Readonly<Record<string, string | number | boolean>>;

/** A phase has pieces, or a closed loop, which takes as much as it can, or a probe, which needs live servers. */
export interface ScenarioPhase extends SchedulePhase {
  readonly closed: LoadPhase['closed'];
  readonly probe?: ScenarioProbe;
  /** Tier whose first instance is driven directly; the entry of the topology when absent. */
  readonly target?: string;
}

export interface ScenarioProbe {
  readonly name: string;
  readonly parameters: Parameters;
}

/** What goes wrong, with tiers by name. Every step of the scenario has the tier, the instances and the caller. */
export interface ScenarioFault {
  readonly kind: SystemFault['kind'];
  readonly tier: string;
  /** So many of its instances, the first ones. */
  readonly instances: number | 'all';
  /** From the start of the scenario. */
  readonly at_s: number;
  /** Infinity when it lasts to the end; `at_s` for a flush. */
  readonly until_s: number;
  /** Times for `slow`, a share for `errors`, seconds for `latency`; else 1. */
  readonly factor: number;
  /** For `partition`: the caller that is cut off. */
  readonly from: string | null;
}

/** Length of a scenario in s. */
export function scenarioDuration_s(scenario: Pick<Scenario, 'phases'>): number {
  return scenario.phases.reduce((sum, phase) => sum + phase.duration_s, 0);
}
