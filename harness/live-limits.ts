import { scenarioDuration_s } from '../model/scenario/scenario.ts';
import type { Scenario } from '../model/scenario/scenario.ts';

const DURATION_MAX_S = 24 * 3600;

/** Why a scenario cannot be run on live servers, and what to do instead. */
export interface LiveLimit {
  readonly message: string;
  readonly help: string;
}

/** What of a scenario the live side cannot do; undefined when it can do all of it. `asked` is how a command line names it. */
export function liveLimit(scenario: Scenario, asked: string): LiveLimit | undefined {
  const { name, faults, phases } = scenario;
  const help = `\`shop-plan simulate ${asked}\` can do it`;
  const [fault] = faults;
  if (fault) {
    const what = `\`${fault.kind}\` of \`${fault.tier}\`${faults.length > 1 ? ' and others' : ''}`;
    return { message: `\`${name}\` has faults (${what}), which cannot be brought about on live servers yet`, help };
  }
  if (scenarioDuration_s(scenario) > DURATION_MAX_S) {
    return { message: `\`${name}\` lasts longer than 24 hours, which is the most for live servers`, help };
  }
  const thinking = phases.find(({ closed }) => closed !== null && closed.think_s > 0);
  if (!thinking) return undefined;
  const message = `\`${scenario.engine}\` cannot think: in phase \`${thinking.name}\` users pause between their requests`;
  return { message, help: `${help}; or leave out \`think\`` };
}
