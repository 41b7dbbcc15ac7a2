import { costOutlook } from '../../model/cost/cost-outlook.ts';
import { nearest } from '../../model/document/nearest.ts';
import { spreads } from '../../model/estimate/uncertainty.ts';
import type { Plan } from '../../model/plan/plan.ts';
import { withSettings } from '../../model/plan/with-settings.ts';
import { costDocument } from '../../reports/cost-document.ts';
import { EXIT } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { loadPlan } from '../../api/files.ts';
import type { Context } from '../context.ts';
import { show } from '../show.ts';
import { UsageError } from '../../api/usage-error.ts';

export interface CostOptions {
  readonly growth: number;
  readonly driver: readonly string[];
  readonly samples: number;
  readonly seed: number;
  readonly full?: true;
  readonly set: readonly string[];
}

/** `shop-plan cost [plan]` */
export async function costCommand({ terminal }: Context, name: string, options: CostOptions): Promise<ExitCode> {
  const plan = withSettings(await loadPlan(name, { claims: false }), options.set);
  if (plan.costs.length === 0 && plan.steps.every(({ tiers }) => tiers.every(({ price }) => !price))) {
    throw new UsageError(
      `nothing in ${name} has a price`,
      'give tiers a `price:`, as in `price: $500/server/month`, or add `cost:`',
    );
  }
  const { growth, samples, seed } = options;
  const drivers = driversOf(plan, options.driver);
  const outlook = costOutlook(plan, { growth, drivers, sampling: { samples, seed } }, spreads);
  await show(terminal, { data: () => outlook, document: () => costDocument(outlook, { full: options.full === true }) });
  return EXIT.ok;
}

/** What grows: as asked, else what the plan says grows. */
function driversOf(plan: Plan, asked: readonly string[]): readonly string[] {
  const assumed = [...plan.quantities.values()].filter(({ expression }) => expression.kind === 'literal');
  const names = assumed.map(({ id }) => id);
  for (const id of asked) {
    if (names.includes(id)) continue;
    const near = nearest(id, names);
    throw new UsageError(
      `no assumption is called \`${id}\``,
      near ? `did you mean \`${near}\`?` : 'see `estimate --full`',
    );
  }
  return asked.length > 0 ? asked : plan.growth.map(({ quantity }) => quantity);
}
