import type { Plan } from '../../model/plan/plan.ts';
import { withSettings } from '../../model/plan/with-settings.ts';
import { growth } from '../../model/questions/growth.ts';
import { growthDocument } from '../../reports/growth-document.ts';
import { EXIT } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { loadPlan } from '../../api/files.ts';
import type { Context } from '../context.ts';
import { show } from '../show.ts';
import { UsageError } from '../../api/usage-error.ts';

export interface GrowthOptions {
  readonly months?: number;
  readonly full?: true;
  readonly fixed?: true;
  readonly set: readonly string[];
}

/** `shop-plan growth [plan]` */
export async function growthCommand({ terminal }: Context, name: string, options: GrowthOptions): Promise<ExitCode> {
  const plan = await loadPlan(name, { claims: false });
  requireGrowth(plan);
  refuseWithoutEffect(plan, options.set);
  const sizing = options.fixed === true ? 'as provided' : 'as needed';
  const result = growth(withSettings(plan, options.set), options.months, sizing);
  await show(terminal, { data: () => result, document: () => growthDocument(result, { full: options.full === true }) });
  return EXIT.ok;
}

function requireGrowth(plan: Plan): void {
  if (plan.steps.length === 0) throw new UsageError(`${plan.name} has no \`architecture\` that could be outgrown`);
  if (plan.growth.length > 0) return;
  const assumed = [...plan.quantities.values()].find(({ id, kind }) => kind === 'assumed' && !id.startsWith('price.'));
  const example = `growth:\n            ${assumed?.id ?? 'users.daily_active'}: { rate: 5 %/month }`;
  throw new UsageError(`${plan.name} does not say what grows`, `add to the plan\n          ${example}`);
}

/** Points of growth take the place of the assumption's own value: a new one would change nothing, unnoticed. */
function refuseWithoutEffect(plan: Plan, settings: readonly string[]): void {
  const names = settings.map((setting) => setting.split('=')[0]?.trim());
  const grown = plan.growth.find(({ quantity, points }) => points.length > 0 && names.includes(quantity));
  if (!grown) return;
  const help = 'set something else, or change its points in the plan';
  throw new UsageError(`\`${grown.quantity}\` has its values from the plan's \`growth\`, whatever it is set to`, help);
}
