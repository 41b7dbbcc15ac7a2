import type { Criterion } from '../judge/criterion.ts';

/** What happens to a topology: arrivals over time, the mix, and what is expected. Rates are at full scale. */
export interface Scenario {
  readonly name: string;
  readonly title: string;
  /** Steps of the plan it applies to. */
  readonly steps: readonly number[];
  readonly engine: string;
  readonly process: 'uniform' | 'poisson';
  readonly phases: readonly ScenarioPhase[];
  /** Request class to share; the plan's own shares when the scenario names none. Adds up to 1. */
  readonly mix: ReadonlyMap<string, number>;
  /** Connections that the generator may open. */
  readonly connections: number;
  readonly inFlightCap: number;
  readonly expect: readonly Criterion[];
}

export interface ScenarioPhase {
  readonly name: string;
  readonly duration_s: number;
  /** Rate at the start, in req/s; 0 for a closed loop, which takes as much as it can. */
  readonly rate_per_s: number;
  readonly rate_end_per_s: number;
  readonly judged: boolean;
  /** Tier whose first instance is driven directly; the entry of the topology when absent. */
  readonly target?: string;
}
