import type { Stack } from '../infra/backend.ts';
import type { Scenario, ScenarioPhase, ScenarioProbe } from '../model/scenario/scenario.ts';
import { RunError } from './run-error.ts';

/** Consecutive phases that are driven in one piece: the same place over as many connections, or one probe. */
export interface Leg {
  readonly base_url: string;
  /** Those that the generator may open; in a closed loop one for each user. */
  readonly connections: number;
  readonly phases: readonly ScenarioPhase[];
  readonly probe?: ScenarioProbe;
  /** Where the leg begins as the scenario has it. */
  readonly scheduled_s: number;
}

/** @throws RunError when the stack runs no tier that a phase drives. */
export function splitIntoLegs(scenario: Scenario, stack: Stack): Leg[] {
  const legs: (Leg & { phases: ScenarioPhase[] })[] = [];
  let scheduled_s = 0;
  for (const phase of scenario.phases) {
    const base_url = phase.target === undefined ? stack.base_url : urlOf(stack, phase.target);
    const last = legs.at(-1);
    const connections = phase.closed?.users ?? scenario.connections;
    const goesOn = last?.base_url === base_url && last.connections === connections && !last.probe && !phase.probe;
    if (goesOn) last.phases.push(phase);
    else {
      const probe = phase.probe === undefined ? {} : { probe: phase.probe };
      legs.push({ base_url, connections, phases: [phase], ...probe, scheduled_s });
    }
    scheduled_s += phase.duration_s;
  }
  return legs;
}

function urlOf(stack: Stack, tier: string): string {
  const process = stack.processes.find((candidate) => candidate.tier === tier);
  if (!process)
    throw new RunError(`step ${stack.step} runs no tier \`${tier}\``, 'choose a step that has it with `--step`');
  return `http://127.0.0.1:${process.port}`;
}
