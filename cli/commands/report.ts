import { extname } from 'node:path';
import { exitCodeOf } from '../../model/judge/outcome.ts';
import { FORMAT_OF_EXTENSION } from '../../reports/report-names.ts';
import type { ReportFormat } from '../../reports/report-names.ts';
import type { Result } from '../../reports/result.ts';
import { resultsTogether } from '../../reports/results-together.ts';
import { writeReport } from '../../reports/write-report.ts';
import { assertArtefactsFolder, writeArtefacts } from '../artefacts.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-code.ts';
import { placeProblem, writeReportFile } from '../reports.ts';
import { loadResults } from '../results.ts';
import { UsageError } from '../../api/usage-error.ts';

export interface ReportCommandOptions {
  readonly format?: ReportFormat;
  /** A file, or a folder for all reports at once. */
  readonly out?: string;
  readonly overwrite?: true;
  readonly plots?: true;
  readonly long?: true;
}

/** `shop-plan report <results…>` */
export async function reportCommand(
  { terminal }: Context,
  paths: readonly string[],
  options: ReportCommandOptions,
): Promise<ExitCode> {
  const loaded = await loadResults(paths);
  const result = resultsTogether(loaded.map((each) => each.result));
  const [only] = loaded;
  if (options.out !== undefined) {
    await write(options.out, result, options);
    terminal.message(`written to ${options.out}`);
  } else if (terminal.json && loaded.length === 1 && only) {
    // As it was kept, so that nothing is lost that this version does not know.
    terminal.out(only.text);
  } else {
    const layout = { style: terminal.style, width: terminal.width };
    const shown = { full: options.long === true, plots: options.plots === true };
    terminal.out(writeReport(terminal.json ? 'json' : (options.format ?? 'text'), result, { ...layout, ...shown }));
  }
  return exitCodeOf(result.outcome);
}

/** Without a format, the end of the name says which; a name that does not is that of a folder for all of them. */
async function write(path: string, result: Result, { format, overwrite }: ReportCommandOptions): Promise<void> {
  const asked = format ?? FORMAT_OF_EXTENSION.get(extname(path));
  if (asked === undefined) {
    await assertArtefactsFolder(path, overwrite === true);
    return writeArtefacts(path, result);
  }
  const problem = placeProblem(path, overwrite === true);
  if (problem) throw new UsageError(problem.message, problem.help);
  return writeReportFile(path, asked, result, overwrite === true);
}
