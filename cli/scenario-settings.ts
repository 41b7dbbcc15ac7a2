import { StackError } from '../infra/backend.ts';
import { assertKnownSettings } from '../infra/local/known-settings.ts';
import { nearest } from '../model/document/nearest.ts';
import type { ArchitectureStep } from '../model/plan/plan.ts';
import type { Scenario, TierSettings } from '../model/scenario/scenario.ts';
import { tierSettings } from './tier-settings.ts';
import { UsageError } from '../api/usage-error.ts';

/**
 * The scenario with settings of tiers from the command line, `tier.setting=value`, in the place of its own.
 * @throws UsageError for a tier that the step does not have, a setting that the tier does not have, or for what sets nothing.
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
    const set = tierSettings([setting]);
    assertSettings(tier, step, set);
    assertCount(text, set);
    settings.set(tier, { ...settings.get(tier), ...set });
  }
  return { ...scenario, settings };
}

function assertSettings(id: string, { step, tiers }: ArchitectureStep, set: TierSettings): void {
  const tier = tiers.find((each) => each.id === id);
  if (!tier) {
    const known = tiers.map((each) => each.id);
    const near = nearest(id, known);
    const help = near ? `did you mean \`${near}\`?` : `tiers: ${known.join(', ')}`;
    throw new UsageError(`step ${step} has no tier \`${id}\``, help);
  }
  try {
    assertKnownSettings(
      tier,
      Object.keys(set).filter((name) => name !== 'instances'),
    );
  } catch (error) {
    throw error instanceof StackError ? new UsageError(error.message, error.help) : error;
  }
}

function assertCount(text: string, { instances = 1 }: TierSettings): void {
  if (typeof instances === 'number' && Number.isInteger(instances) && instances >= 1) return;
  throw new UsageError(`\`--set ${text}\`: \`instances\` should be a whole number from 1 up`);
}
