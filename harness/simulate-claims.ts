import { runKey, simulationsNeeded } from '../model/claims/ledger.ts';
import type { SimulatedRun } from '../model/claims/ledger.ts';
import type { Plan } from '../model/plan/plan.ts';
import type { Scenario } from '../model/scenario/scenario.ts';
import type { SimulationRun } from '../model/simulator/run.ts';
import { prepareSimulation } from './prepare-simulation.ts';
import { replicate } from './replications/replicate.ts';
import type { Simulators } from './replications/simulators.ts';

/** What the interval of a simulated figure rests on. */
const REPLICATIONS = { replications: 5, precision: null, maxReplications: 5 };

export interface ClaimsRequest {
  readonly plan: Plan;
  readonly scenarios: ReadonlyMap<string, Scenario>;
  readonly seed: number;
  readonly simulators: Simulators;
  /** Called with what is simulated and the share of everything that is done, from 0 to 1. */
  readonly onProgress: (what: string, share: number) => void;
}

/**
 * Simulates every run that a plan's claims ask for, by `runKey`: at full scale, whatever the machine carries.
 * @throws RunError when a simulating thread dies; the reason of an abort.
 */
export async function simulateClaims(request: ClaimsRequest): Promise<Map<string, SimulatedRun>> {
  const { plan, scenarios, seed, simulators, onProgress } = request;
  const needed = simulationsNeeded(plan);
  const simulated = new Map<string, SimulatedRun>();
  for (const { scenario: name, step: number } of needed) {
    const scenario = scenarios.get(name);
    const step = plan.steps.find((candidate) => candidate.step === number);
    if (!scenario || !step || scenario.phases.some(({ probe }) => probe !== undefined)) continue;
    const tell = (share: number): void =>
      onProgress(`${name} on step ${number}`, (simulated.size + share) / needed.length);
    const prepared = prepareSimulation({ plan, step, scenario, scale: 1, seed });
    const asked = { ...prepared, seed, ...REPLICATIONS, simulators, onProgress: tell };
    simulated.set(runKey(name, number), runOf((await replicate(asked)).runs));
  }
  return simulated;
}

function runOf(runs: readonly SimulationRun[]): SimulatedRun {
  const unstable = runs.flatMap(({ instabilities }) => instabilities)[0];
  const remark = unstable && `unstable: \`${unstable.tier}\` in ${unstable.phase}: ${unstable.because}`;
  return { observations: runs.map(({ observation }) => observation), ...(remark === undefined ? {} : { remark }) };
}
