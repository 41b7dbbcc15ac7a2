import type { Calibration } from '../model/calibration/calibration.ts';
import { machineSystem } from '../model/calibration/machine-system.ts';
import type { What } from '../model/observation/observation.ts';
import type { ArchitectureStep, Plan } from '../model/plan/plan.ts';
import type { Scenario } from '../model/scenario/scenario.ts';
import { faultAsSimulated } from '../model/simulator/build/fault-as-simulated.ts';
import { loadOf } from '../model/simulator/build/load-of.ts';
import { systemOf } from '../model/simulator/build/system-of.ts';
import type { Load } from '../model/simulator/load.ts';
import type { System } from '../model/simulator/system.ts';
import { meanRate_per_s } from '../model/workload/cumulative-rate.ts';

export interface SimulationTarget {
  readonly plan: Plan;
  readonly step: ArchitectureStep;
  readonly scenario: Scenario;
  /** Times the scenario's rates. */
  readonly scale: number;
  readonly seed: number;
  /** This machine's figures in place of the documents'. */
  readonly calibration?: Calibration;
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
export function prepareSimulation(target: SimulationTarget): PreparedSimulation {
  const { plan, step, scenario, scale, seed, calibration } = target;
  const probed = scenario.phases.find(({ probe }) => probe !== undefined);
  if (probed) throw new RangeError(`phase \`${probed.name}\` is driven by a probe, which needs live servers`);
  const { system, notes } = calibration ? onMachine(target, calibration) : systemOf(plan, step, scenario.mix);
  const what: What = {
    plan: plan.name,
    step: step.step,
    scenario: scenario.name,
    scale,
    seed,
    executor: 'simulator',
    engine: 'simulator',
    profile: calibration ? 'machine' : 'documents',
    environment: calibration?.environment ?? {},
  };
  const faultNotes = scenario.faults.flatMap((fault) => faultAsSimulated(fault).note ?? []);
  return { system, load: loadOf(scenario, system, scale), what, notes: [...notes, ...faultNotes] };
}

/** Demands are those at the mean rate of the judged phases. */
function onMachine(
  { plan, scenario, scale }: SimulationTarget,
  calibration: Calibration,
): Pick<PreparedSimulation, 'system' | 'notes'> {
  const judged = scenario.phases.filter((phase) => phase.judged);
  const duration_s = judged.reduce((sum, phase) => sum + phase.duration_s, 0);
  const pieces = judged.flatMap((phase) => phase.pieces);
  const rate_per_s = duration_s > 0 ? meanRate_per_s({ duration_s, pieces }) * scale : 0;
  const busy = calibration.quiet.ok ? [] : ['the machine was busy with others when it was calibrated'];
  return {
    system: machineSystem({ plan, calibration, mix: scenario.mix, rate_per_s }),
    notes: ['all tiers and the load generator share one station, the cores of the calibrated machine', ...busy],
  };
}
