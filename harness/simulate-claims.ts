import { runKey } from '../model/claims/ledger.ts';
import type { NeededRun, SimulatedRun } from '../model/claims/ledger.ts';
import type { Plan } from '../model/plan/plan.ts';
import type { Scenario } from '../model/scenario/scenario.ts';
import type { SimulationRun } from '../model/simulator/run.ts';
import { prepareSimulation } from './prepare-simulation.ts';
import { replicate } from './replications/replicate.ts';
import type { Simulators } from './replications/simulators.ts';

/** What the interval of a simulated figure rests on. */
export const REPLICATIONS = { replications: 5, precision: null, maxReplications: 5 };

export interface ClaimsRequest {
  readonly plan: Plan;
  readonly scenarios: ReadonlyMap<string, Scenario>;
  /** What of it is simulated. */
  readonly wanted: readonly NeededRun[];
  readonly seed: number;
  readonly simulators: Simulators;
  readonly signal: AbortSignal;
  /** Called with what is simulated and the share of everything that is done, from 0 to 1. */
  readonly onProgress: (what: string, share: number) => void;
}

/**
 * Simulates runs that a plan's claims ask for, by `runKey`: at full scale, whatever the machine carries. What the
 * simulator cannot do has no observations; after an abort, so is what was not simulated yet.
 * @throws RunError when a simulating thread dies.
 */
export async function simulateClaims(request: ClaimsRequest): Promise<Map<string, SimulatedRun>> {
  const { plan, scenarios, wanted, seed, simulators, signal, onProgress } = request;
  const simulated = new Map<string, SimulatedRun>();
  for (const [index, { scenario: name, step: number }] of wanted.entries()) {
    const scenario = scenarios.get(name);
    const step = plan.steps.find((candidate) => candidate.step === number);
    if (!scenario || !step) continue;
    const tell = (share: number): void => onProgress(`${name} on step ${number}`, (index + share) / wanted.length);
    try {
      const prepared = prepareSimulation({ plan, step, scenario, scale: 1, seed });
      const asked = { ...prepared, seed, ...REPLICATIONS, simulators, onProgress: tell };
      simulated.set(runKey(name, number), runOf((await replicate(asked)).runs));
    } catch (error) {
      if (signal.aborted) break;
      if (!(error instanceof RangeError)) throw error;
      simulated.set(runKey(name, number), { observations: [], remark: error.message });
    }
  }
  return simulated;
}

function runOf(runs: readonly SimulationRun[]): SimulatedRun {
  const unstable = runs.flatMap(({ instabilities }) => instabilities)[0];
  const remark = unstable && `unstable: \`${unstable.tier}\` in ${unstable.phase}: ${unstable.because}`;
  return { observations: runs.map(({ observation }) => observation), ...(remark === undefined ? {} : { remark }) };
}
