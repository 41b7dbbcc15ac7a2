import { nearest } from '../../model/document/nearest.ts';
import { explain } from '../../model/estimate/explain.ts';
import { withSettings } from '../../model/plan/with-settings.ts';
import { explanationDocument } from '../../reports/explanation-document.ts';
import { EXIT } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { DEFAULT_PLAN, loadPlan } from '../../api/files.ts';
import type { Context } from '../context.ts';
import { show } from '../show.ts';
import { UsageError } from '../../api/usage-error.ts';
import { estimateWith } from './estimate.ts';
import type { SamplingOptions } from './estimate.ts';

export interface ExplainOptions extends SamplingOptions {
  readonly plan: string;
  readonly set: readonly string[];
}

/** `shop-plan explain <quantity>` */
export async function explainCommand({ terminal }: Context, id: string, options: ExplainOptions): Promise<ExitCode> {
  const plan = withSettings(await loadPlan(options.plan, { claims: false }), options.set);
  const estimated = await estimateWith(plan, options);
  const explanation = explain(estimated, id);
  if (!explanation) {
    const near = nearest(
      id,
      estimated.quantities.map((quantity) => quantity.id),
    );
    const elsewhere = options.plan === DEFAULT_PLAN ? '; `--plan ./my-plan.yaml` takes another plan' : '';
    const help = `${near ? `did you mean \`${near}\`?` : '`shop-plan estimate --full` lists all names'}${elsewhere}`;
    throw new UsageError(`nothing is called \`${id}\` in ${options.plan}`, help);
  }
  const data = () => ({ formatVersion: 1, kind: 'explanation', plan: estimated.plan, ...explanation });
  await show(terminal, { data, document: () => explanationDocument(explanation) });
  return EXIT.ok;
}
