import type { Plan } from '../model/plan/plan.ts';
import { scenarioDuration_s } from '../model/scenario/scenario.ts';
import type { Scenario, ScenarioFault } from '../model/scenario/scenario.ts';
import { faultLimit } from './faults/fault-limits.ts';

const DURATION_MAX_S = 24 * 3600;

/** Why a scenario cannot be run on live servers, and what to do instead. */
export interface LiveLimit {
  readonly message: string;
  readonly help: string;
}

/** All that of a scenario the live side cannot do; none when it can do everything. `asked` is how a command line names it. */
export function liveLimits(scenario: Scenario, plan: Plan, asked: string): LiveLimit[] {
  const { name, faults, phases } = scenario;
  const help = `\`shop-plan simulate ${asked}\` can do it`;
  const limits: LiveLimit[] = faults.flatMap((fault) => {
    const reason = faultLimit(fault, scenario, plan);
    return reason === undefined ? [] : [{ message: `\`${name}\`: ${describe(fault)} ${reason}`, help }];
  });
  if (scenarioDuration_s(scenario) > DURATION_MAX_S) {
    limits.push({ message: `\`${name}\` lasts longer than 24 hours, which is the most for live servers`, help });
  }
  const thinking = phases.find(({ closed }) => closed !== null && closed.think_s > 0);
  if (thinking) {
    const message = `\`${scenario.engine}\` cannot think: in phase \`${thinking.name}\` users pause between their requests`;
    limits.push({ message, help: `${help}; or leave out \`think\`` });
  }
  return limits;
}

function describe({ kind, tier }: ScenarioFault): string {
  return `\`${kind}\` of \`${tier}\``;
}
