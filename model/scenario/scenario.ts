import type { Criterion } from '../judge/criterion.ts';
import type { LoadPhase, SystemFault } from '../simulator/load.ts';
import type { ArrivalProcess, SchedulePhase } from '../workload/workload.ts';

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
  readonly expect: readonly Criterion[];
}

/** A phase has either pieces or a closed loop, which takes as much as it can. */
export interface ScenarioPhase extends SchedulePhase {
  readonly closed: LoadPhase['closed'];
  /** Tier whose first instance is driven directly; the entry of the topology when absent. */
  readonly target?: string;
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
