import { readKeptRun } from '../../harness/run-store.ts';
import { exitCodeOf } from '../../model/judge/outcome.ts';
import { runText } from '../../reports/run-text.ts';
import { readRunJson } from '../../reports/run-json.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Context } from '../context.ts';
import { UsageError } from '../usage-error.ts';

/** `shop-plan report <run>` */
export async function reportCommand({ terminal }: Context, path: string, options: { long?: true }): Promise<ExitCode> {
  const text = await readKeptRun(path).catch((error: unknown) => {
    throw new UsageError(`cannot read the run ${path}: ${String(error)}`, 'name a folder below .shop-plan/runs');
  });
  const run = readRunJson(text);
  if ('problem' in run) throw new UsageError(`${path}/result.json: ${run.problem}`, run.help);
  const { observation, judgement } = run;
  if (terminal.json) terminal.out(text);
  else
    terminal.out(
      runText(observation, judgement, {
        style: terminal.style,
        width: terminal.width,
        full: options.long === true,
      }),
    );
  return exitCodeOf(judgement.outcome);
}
