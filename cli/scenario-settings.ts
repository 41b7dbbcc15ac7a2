import { nearest } from '../model/document/nearest.ts';
import type { ArchitectureStep } from '../model/plan/plan.ts';
import type { Scenario } from '../model/scenario/scenario.ts';
import { tierSettings } from './tier-settings.ts';
import { UsageError } from './usage-error.ts';

/**
 * The scenario with settings of tiers from the command line, `tier.setting=value`, in the place of its own.
 * @throws UsageError for a tier that the step does not have, or for what sets nothing.
 */
export function withTierSettings(scenario: Scenario, step: ArchitectureStep, given: readonly string[]): Scenario {
  const settings = new Map(scenario.settings);
  for (const text of given) {
    const [, tier, setting] = /^([a-z][a-z0-9-]*)\.(.+)$/.exec(text) ?? [];
    if (tier === undefined || setting === undefined) {
      throw new UsageError(
        `\`--set ${text}\` sets nothing`,
        'write `--set tier.setting=value`, such as `--set app.instances=2`',
      );
    }
    assertTier(tier, step);
    const set = tierSettings([setting]);
    assertCount(text, set);
    settings.set(tier, { ...settings.get(tier), ...set });
  }
  return { ...scenario, settings };
}

function assertTier(tier: string, { step, tiers }: ArchitectureStep): void {
  const known = tiers.map(({ id }) => id);
  if (known.includes(tier)) return;
  const near = nearest(tier, known);
  throw new UsageError(
    `step ${step} has no tier \`${tier}\``,
    near ? `did you mean \`${near}\`?` : `tiers: ${known.join(', ')}`,
  );
}

function assertCount(text: string, { instances = 1 }: ReturnType<typeof tierSettings>): void {
  if (typeof instances === 'number' && Number.isInteger(instances) && instances >= 1) return;
  throw new UsageError(`\`--set ${text}\`: \`instances\` should be a whole number from 1 up`);
}
