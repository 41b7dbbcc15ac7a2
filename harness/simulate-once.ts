import type { Observation } from '../model/observation/observation.ts';
import { prepareSimulation } from './prepare-simulation.ts';
import type { SimulationTarget } from './prepare-simulation.ts';
import { replicate } from './replications/replicate.ts';
import type { Simulators } from './replications/simulators.ts';
import { REPLICATIONS } from './simulate-claims.ts';

/**
 * The replications of a scenario on one step, as many as the ledger's simulated figures rest on.
 * @throws RangeError for what cannot be simulated; RunError when a simulating thread dies; the reason of an abort.
 */
export async function simulateOnce({
  simulators,
  onProgress,
  ...target
}: SimulationTarget & {
  readonly simulators: Simulators;
  readonly onProgress: (share: number) => void;
}): Promise<readonly Observation[]> {
  const prepared = prepareSimulation(target);
  const { runs } = await replicate({ ...prepared, seed: target.seed, ...REPLICATIONS, simulators, onProgress });
  return runs.map(({ observation }) => observation);
}
