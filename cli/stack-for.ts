import { lackingFor } from '../harness/stack-for.ts';
import type { Stack } from '../infra/backend.ts';
import type { Scenario } from '../model/scenario/scenario.ts';
import { UsageError } from '../api/usage-error.ts';

/** @throws UsageError when a stack is not what a scenario needs; `asked` is how the command line names the scenario. */
export function assertStackFor({ step, topology }: Stack, scenario: Scenario, asked: string): void {
  const up = `\`shop-plan down\`, then \`shop-plan up --for ${asked} --step`;
  if (!scenario.steps.includes(step)) {
    const help = `it is for ${scenario.steps.join(', ')}: ${up} ${scenario.steps[0]}\``;
    throw new UsageError(`\`${scenario.name}\` is not for step ${step}`, help);
  }
  const lacking = topology ? lackingFor(topology, scenario) : [];
  if (lacking.length > 0) {
    throw new UsageError(`the stack is not what \`${scenario.name}\` needs: ${lacking.join('; ')}`, `${up} ${step}\``);
  }
}
