import type { Criterion } from '../judge/criterion.ts';
import type { LoadPhase, SystemFault } from '../simulator/load.ts';
import type { ArrivalProcess, SchedulePhase } from '../workload/workload.ts';
import type { Parameters } from './instrument.ts';
import type { Journey } from './journey.ts';

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
  /** What users do, request by request; none where each arrival is a request by itself. */
  readonly journeys: readonly Journey[];
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

/** What the simulator can bring about, too; and what live servers alone have. */
export type FaultKind = SystemFault['kind'] | LiveFaultKind;
export type LiveFaultKind = 'fill' | 'bandwidth' | 'limit';

export const FAULT_PARTS = ['both', 'postmaster', 'supervisor', 'store', 'proxy'] as const;
/** `store` and `proxy` are what a database with replicas has beside its nodes: etcd, HAProxy. */
export type FaultPart = (typeof FAULT_PARTS)[number];
export const FAULT_ROLES = ['primary', 'replica', 'synchronous', 'master'] as const;
export type FaultRole = (typeof FAULT_ROLES)[number];
export const FAULT_PARTIES = ['payment', 'email', 'shipping', 'accounting'] as const;
export type ThirdParty = (typeof FAULT_PARTIES)[number];

/** What goes wrong, with tiers by name. Every step of the scenario has the tier, the instances and the caller. */
export interface ScenarioFault {
  readonly kind: FaultKind;
  readonly tier: string;
  /** So many of its instances, the first ones. */
  readonly instances: number | 'all';
  /** Which processes of a node of a database with replicas; `both` unless the file says otherwise. */
  readonly part?: FaultPart;
  /** What the instances are at that moment; the ones that are written to unless the file says otherwise. */
  readonly role?: FaultRole;
  /** Which of several shards, from 1. */
  readonly shard?: number;
  /** Which third party of an external tier; all of them when absent. */
  readonly party?: ThirdParty;
  /** From the start of the scenario. */
  readonly at_s: number;
  /** Infinity when it lasts to the end; `at_s` for a flush. */
  readonly until_s: number;
  /** Times for `slow`, a share for `errors`, seconds for `latency`, bytes or calls a second for `bandwidth` and `limit`; else 1. */
  readonly factor: number;
  /** For `partition`, `latency`, `bandwidth`: the caller on the other side of the network. */
  readonly from: string | null;
}

/** Length of a scenario in s. */
export function scenarioDuration_s(scenario: Pick<Scenario, 'phases'>): number {
  return scenario.phases.reduce((sum, phase) => sum + phase.duration_s, 0);
}
