import { nearest } from '../../model/document/nearest.ts';
import { estimate } from '../../model/estimate/estimate.ts';
import { explain } from '../../model/estimate/explain.ts';
import { explanationText } from '../../reports/explanation-text.ts';
import { EXIT } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { loadPlan } from '../files.ts';
import type { Context } from '../run.ts';
import { UsageError } from '../usage-error.ts';

/** `shop-plan explain <quantity>` */
export async function explainCommand({ terminal }: Context, id: string, options: { plan: string }): Promise<ExitCode> {
  const estimated = estimate(await loadPlan(options.plan));
  const explanation = explain(estimated, id);
  if (!explanation) {
    const near = nearest(
      id,
      estimated.quantities.map((quantity) => quantity.id),
    );
    const help = near ? `did you mean \`${near}\`?` : '`shop-plan estimate --full` lists all names';
    throw new UsageError(`nothing is called \`${id}\` in ${options.plan}`, help);
  }
  if (terminal.json) terminal.printJson({ formatVersion: 1, plan: estimated.plan, ...explanation });
  else terminal.out(explanationText(explanation, terminal.style));
  return EXIT.ok;
}
