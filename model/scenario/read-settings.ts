import { isScalar } from 'yaml';
import { nearest } from '../document/nearest.ts';
import type { Node, Source } from '../document/source.ts';
import type { Plan } from '../plan/plan.ts';
import type { TierSettings } from './scenario.ts';

/** Reads `settings`: what tiers are set to on live servers, on top of the plan. Each is a tier of one of the steps. */
export function readSettings(
  source: Source,
  node: Node,
  plan: Plan,
  numbers: readonly number[],
): Map<string, TierSettings> {
  const settings = new Map<string, TierSettings>();
  if (node === undefined) return settings;
  const steps = plan.steps.filter(({ step }) => numbers.includes(step));
  const tiers = new Set(steps.flatMap((step) => step.tiers.map(({ id }) => id)));
  for (const { key: tier, keyNode, value } of source.entries(node, '`settings`')) {
    if (!tiers.has(tier)) {
      const near = nearest(tier, tiers);
      const help = near ? `did you mean \`${near}\`?` : `tiers: ${[...tiers].join(', ')}`;
      source.report('UNKNOWN_NAME', keyNode, `no tier is called \`${tier}\``, { help });
      continue;
    }
    settings.set(
      tier,
      Object.fromEntries(
        source.entries(value, `settings of \`${tier}\``).flatMap((entry) => {
          const read = readSetting(source, entry.key, entry.value);
          return read === undefined ? [] : [[entry.key, read]];
        }),
      ),
    );
  }
  return settings;
}

function readSetting(source: Source, key: string, node: Node): string | number | boolean | undefined {
  const value = isScalar(node) ? withoutGroups(node.value) : undefined;
  if (key === 'instances' && !(typeof value === 'number' && Number.isInteger(value) && value >= 1)) {
    return source.report('TYPE', node, '`instances` should be a whole number from 1 up');
  }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return source.report('TYPE', node, `\`${key}\` should be a word, a number, or yes or no`);
}

/** `20_000`, which YAML takes for a word. */
function withoutGroups(value: unknown): unknown {
  return typeof value === 'string' && /^\d{1,3}([_,]\d{3})+$/.test(value)
    ? Number(value.replaceAll(/[_,]/g, ''))
    : value;
}
