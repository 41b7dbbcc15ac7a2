import type { Tier } from '../model/topology/topology.ts';
import { UsageError } from '../api/usage-error.ts';

/** Settings of a tier as they stand in a plan, from `name=value`. Throws a `UsageError` for the first that is not of this form. */
export function tierSettings(given: readonly string[]): Tier['settings'] {
  return Object.fromEntries(
    given.map((text) => {
      const [, name, value] = /^([a-z][a-z0-9_]*)=(.+)$/.exec(text) ?? [];
      if (name !== undefined && value !== undefined) return [name, valueOf(value)];
      throw new UsageError(
        `\`--set ${text}\` sets nothing`,
        'write `--set name=value`, such as `--set db_pool_max=20`',
      );
    }),
  );
}

/** Settings of several tiers, from `tier.name=value` with commas between them; none from nothing. Throws a `UsageError` likewise. */
export function settingsByTier(text: string): Map<string, Tier['settings']> {
  const settings = new Map<string, Tier['settings']>();
  for (const part of text.split(',').filter((each) => each.trim() !== '')) {
    const [, tier, name, value] = /^\s*([a-z][a-z0-9_-]*)\.([a-z][a-z0-9_]*)=(.*\S)\s*$/.exec(part) ?? [];
    if (tier === undefined || name === undefined || value === undefined)
      throw new UsageError(`\`${part.trim()}\` sets nothing`, 'write `tier.name=value`, such as `app.instances=1`');
    settings.set(tier, { ...settings.get(tier), [name]: valueOf(value) });
  }
  return settings;
}

function valueOf(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}
