import type { What } from '../model/observation/observation.ts';
import type { ArchitectureStep, Plan } from '../model/plan/plan.ts';
import type { Scenario } from '../model/scenario/scenario.ts';
import { faultAsSimulated } from '../model/simulator/build/fault-as-simulated.ts';
import { loadOf } from '../model/simulator/build/load-of.ts';
import { systemOf } from '../model/simulator/build/system-of.ts';
import type { Load } from '../model/simulator/load.ts';
import type { System } from '../model/simulator/system.ts';

export interface SimulationTarget {
  readonly plan: Plan;
  readonly step: ArchitectureStep;
  readonly scenario: Scenario;
  /** Times the scenario's rates. */
  readonly scale: number;
  readonly seed: number;
}

/** What `replicate` simulates. */
export interface PreparedSimulation {
  readonly system: System;
  readonly load: Load;
  readonly what: What;
  /** What the plan leaves out or the simulator takes a short way for, in words. */
  readonly notes: readonly string[];
}

/**
 * A scenario on one step of a plan, ready to be simulated.
 * @throws RangeError when settings leave no system that the scenario could happen to.
 */
export function prepareSimulation({ plan, step, scenario, scale, seed }: SimulationTarget): PreparedSimulation {
  const probed = scenario.phases.find(({ probe }) => probe !== undefined);
  if (probed) throw new RangeError(`phase \`${probed.name}\` is driven by a probe, which needs live servers`);
  const { system, notes } = systemOf(plan, step, scenario.mix);
  const what: What = {
    plan: plan.name,
    step: step.step,
    scenario: scenario.name,
    scale,
    seed,
    executor: 'simulator',
    engine: 'simulator',
    profile: 'documents',
    environment: {},
  };
  const faultNotes = scenario.faults.flatMap((fault) => faultAsSimulated(fault).note ?? []);
  return { system, load: loadOf(scenario, system, scale), what, notes: [...notes, ...faultNotes] };
}
