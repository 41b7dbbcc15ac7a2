import { estimate } from '../../model/estimate/estimate.ts';
import { estimateText } from '../../reports/estimate-text.ts';
import { EXIT } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { loadPlan } from '../files.ts';
import type { Context } from '../run.ts';

/** `shop-plan estimate [plan]` */
export async function estimateCommand(
  { terminal }: Context,
  name: string,
  options: { full?: true },
): Promise<ExitCode> {
  const result = estimate(await loadPlan(name));
  if (terminal.json) terminal.printJson(result);
  else
    terminal.out(estimateText(result, { style: terminal.style, width: terminal.width, full: options.full === true }));
  return EXIT.ok;
}
