import type { Scenario, ScenarioFault, ScenarioPhase } from '../../scenario/scenario.ts';
import { scaledPiece } from '../../workload/cumulative-rate.ts';
import type { Load, LoadPhase, SystemFault } from '../load.ts';
import type { System } from '../system.ts';
import { faultAsSimulated } from './fault-as-simulated.ts';

/**
 * What a scenario does to a system, with tiers by index: rates times `scale`, users of a closed loop as they are.
 * @throws RangeError when the system lacks a tier or an instance that the scenario names, for a fault of live servers alone, or when the scale is not
 * above 0.
 */
export function loadOf(scenario: Scenario, system: System, scale: number): Load {
  if (!(scale > 0 && scale < Infinity)) throw new RangeError(`a scale lies above 0, not at ${scale}`);
  return {
    process: scenario.process,
    phases: scenario.phases.map((phase) => phaseOf(phase, system, scale)),
    faults: scenario.faults.map((fault) => faultOf(fault, system)),
  };
}

function phaseOf(phase: ScenarioPhase, system: System, scale: number): LoadPhase {
  const { name, judged, pieces, duration_s, closed, target } = phase;
  return {
    name,
    judged,
    pieces: pieces.map((piece) => scaledPiece(piece, scale)),
    duration_s,
    closed,
    target: target === undefined ? null : indexOf(system, target),
  };
}

function faultOf(fault: ScenarioFault, system: System): SystemFault {
  const { tier: id, instances, at_s, factor, from } = fault;
  const { kind, until_s } = faultAsSimulated(fault);
  const tier = indexOf(system, id);
  const has = system.tiers[tier]?.instances ?? 0;
  const hit = instances === 'all' ? has : instances;
  if (hit > has) throw new RangeError(`tier ${id} has ${has} instances, not ${hit}`);
  return {
    kind,
    tier,
    instances: Array.from({ length: hit }, (_, index) => index),
    at_s,
    until_s,
    factor,
    from: kind !== 'partition' || from === null ? null : indexOf(system, from),
  };
}

function indexOf(system: System, id: string): number {
  const index = system.tiers.findIndex((tier) => tier.id === id);
  if (index < 0) throw new RangeError(`the system has no tier ${id}`);
  return index;
}
