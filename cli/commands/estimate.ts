import { estimate } from '../../model/estimate/estimate.ts';
import type { Estimate, EstimateOptions } from '../../model/estimate/estimate.ts';
import { withSettings } from '../../model/plan/with-settings.ts';
import type { Plan } from '../../model/plan/plan.ts';
import { estimateDocument } from '../../reports/estimate-document.ts';
import { EXIT } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { loadPlan } from '../../api/files.ts';
import type { Context } from '../context.ts';
import { show } from '../show.ts';

export interface SamplingOptions {
  readonly samples?: number;
  readonly seed: number;
}

export interface EstimateCommandOptions extends SamplingOptions {
  readonly full?: true;
  readonly set: readonly string[];
}

/** `shop-plan estimate [plan]` */
export async function estimateCommand(
  { terminal }: Context,
  name: string,
  options: EstimateCommandOptions,
): Promise<ExitCode> {
  const plan = withSettings(await loadPlan(name, { claims: false }), options.set);
  const result = await estimateWith(plan, options);
  const document = () => estimateDocument(result, { full: options.full === true });
  await show(terminal, { data: () => result, document });
  return EXIT.ok;
}

/** An estimate, with spreads when samples were asked for. What draws them is only loaded then. */
export async function estimateWith(plan: Plan, { samples, seed }: SamplingOptions): Promise<Estimate> {
  if (samples === undefined) return estimate(plan);
  const { spreads } = await import('../../model/estimate/uncertainty.ts');
  const options: EstimateOptions = {
    sampling: { samples, seed, draw: (drawn, figures) => spreads(drawn, figures, { samples, seed }) },
  };
  return estimate(plan, options);
}
