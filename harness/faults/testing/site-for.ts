import type { Stack } from '../../../infra/backend.ts';
import type { LocalBackend } from '../../../infra/local/local-backend.ts';
import type { Plan } from '../../../model/plan/plan.ts';
import { readPlan } from '../../../model/plan/read-plan.ts';
import type { Scenario, ScenarioFault } from '../../../model/scenario/scenario.ts';
import { readScenario } from '../../../model/scenario/read-scenario.ts';
import type { Site } from '../../instruments.ts';

const PLAN: Plan = readPlan('plan.yaml', 'plan: mine');
const CALM = '{ scenario: s, phases: [{ name: p, duration: 1 min, rate: 1 req/s }] }';
const SCENARIO: Scenario = readScenario('s.yaml', CALM, PLAN, new Map([['open-loop', true]]));

/** A running stack with faults that are to happen to it, half a second after the beginning unless they say otherwise. */
export function siteFor(stack: Stack, backend: LocalBackend, faults: readonly Partial<ScenarioFault>[]): Site {
  const { topology } = stack;
  const connections = backend.connections(stack.name);
  if (!topology || !connections) throw new Error('the stack is not up');
  const fault = { kind: 'crash', tier: 'app', instances: 1, at_s: 0.5, until_s: 2, factor: 1, from: null } as const;
  const scenario = { ...SCENARIO, faults: faults.map((each) => ({ ...fault, ...each })) };
  return { plan: PLAN, scenario, stack, topology, backend, connections, seed: 1, writes_log: '' };
}
