import { availableParallelism } from 'node:os';
import { prepareSimulation } from '../harness/prepare-simulation.ts';
import type { PreparedSimulation, SimulationTarget } from '../harness/prepare-simulation.ts';
import { replicate } from '../harness/replications/replicate.ts';
import { Simulators } from '../harness/replications/simulators.ts';
import { SIMULATOR_CLAIMS } from '../model/judge/claims.ts';
import type { Plan } from '../model/plan/plan.ts';
import type { Scenario } from '../model/scenario/scenario.ts';
import { judgeReplications } from '../model/simulator/statistics/judge-replications.ts';
import type { Run } from './run.ts';
import { stepOf } from './step-of.ts';
import { UsageError } from './usage-error.ts';

export interface SimulateOptions {
  /** The first of the scenario's when absent. */
  readonly step?: number;
  /** Times the scenario's rates; 1 when absent. */
  readonly scale?: number;
  /** 42 when absent. The same seed gives the same figures, on every machine. */
  readonly seed?: number;
  /** With other random numbers each; 5 when absent. */
  readonly replications?: number;
  /** Threads that simulate; one for each processor when absent. */
  readonly workers?: number;
  readonly signal?: AbortSignal;
  /** Called with the share that is done, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/**
 * Simulates a scenario on one step of a plan, at full scale, with the figures of the plan. Needs no server.
 * @throws UsageError for what cannot be simulated; the reason of an abort.
 */
export async function simulate(plan: Plan, scenario: Scenario, options: SimulateOptions = {}): Promise<Run> {
  const { scale = 1, seed = 42, replications = 5, workers = availableParallelism(), onProgress } = options;
  const number = options.step ?? scenario.steps[0];
  if (number === undefined) throw new UsageError(`${plan.name} has no steps`, 'it has no `architecture`');
  const step = stepOf(plan, number);
  const prepared = prepare({ plan, scenario, step, scale, seed });
  const simulators = new Simulators(workers, options.signal ?? new AbortController().signal);
  try {
    const asked = { seed, replications, precision: null, maxReplications: replications };
    const { runs } = await replicate({ ...prepared, ...asked, simulators, ...(onProgress && { onProgress }) });
    const observations = runs.map(({ observation }) => observation);
    const [observation] = observations;
    if (!observation) throw new UsageError(`${replications} replications are none`, 'ask for 1 or more');
    const criteria = scenario.expect.length > 0 ? scenario.expect : plan.slo;
    const judgement = judgeReplications(observations, criteria, SIMULATOR_CLAIMS);
    return { plan, observation, replications: observations, judgement };
  } finally {
    await simulators.close();
  }
}

/** What a plan and a scenario say may leave no system that it could happen to. */
function prepare(target: SimulationTarget): PreparedSimulation {
  try {
    return prepareSimulation(target);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(
      `\`${target.scenario.name}\` cannot be simulated on step ${target.step.step}: ${error.message}`,
      'run it on live servers',
    );
  }
}
