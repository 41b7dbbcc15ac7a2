import { differences } from '../model/topology/live-topology.ts';
import type { Difference } from '../model/topology/live-topology.ts';
import type { Scenario } from '../model/scenario/scenario.ts';
import type { Stack } from '../infra/backend.ts';
import { UsageError } from './usage-error.ts';

/** @throws UsageError when a stack is not what a scenario needs; `asked` is how the command line names the scenario. */
export function assertStackFor(stack: Stack, scenario: Scenario, asked: string): void {
  const { step, topology } = stack;
  const up = `\`shop-plan down\`, then \`shop-plan up --for ${asked} --step`;
  if (!scenario.steps.includes(step)) {
    const help = `it is for ${scenario.steps.join(', ')}: ${up} ${scenario.steps[0]}\``;
    throw new UsageError(`\`${scenario.name}\` is not for step ${step}`, help);
  }
  const other = topology ? differences(topology, scenario.settings) : [];
  if (other.length > 0) {
    const message = `the stack is not what \`${scenario.name}\` needs: ${other.map(differenceText).join('; ')}`;
    throw new UsageError(message, `${up} ${step}\``);
  }
}

function differenceText({ tier, setting, is, wanted }: Difference): string {
  return `\`${tier}.${setting}\` is ${is === undefined ? 'not set' : String(is)}, not ${String(wanted)}`;
}
