import { existsSync, statSync } from 'node:fs';
import { extname } from 'node:path';
import { keepFile } from '../harness/store/keep-file.ts';
import { FORMAT_OF_EXTENSION } from '../reports/report-names.ts';
import type { ReportFormat } from '../reports/report-names.ts';
import type { Result } from '../reports/result.ts';
import { plainStyle } from '../reports/style.ts';
import { isOnGithub, tellGithub } from './github.ts';
import type { ReportOptions } from './report-options.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from '../api/usage-error.ts';

/** Columns of a text that is written to a file. */
const FILE_WIDTH = 100;

/** Reports that were asked for, once it is known that they can be written. */
export interface Reports {
  /** False when nobody asked for any, so that no result has to be put together. */
  readonly wanted: boolean;
  /** Writes them, each whole or not at all; under GitHub Actions also annotations and the job summary. */
  readonly write: (result: Result, terminal: Terminal) => Promise<void>;
}

/**
 * Called before anything is measured, so that nothing is measured in vain.
 * @throws UsageError with all that is wrong with the names.
 */
export function openReports({ report, overwrite, annotations }: ReportOptions): Reports {
  const files = report.map((path) => ({ path, ...checked(path, overwrite === true) }));
  const problems = files.flatMap(({ problem }) => (problem === undefined ? [] : [problem]));
  if (problems.length > 0) throw new UsageError(problems.map(({ message }) => message).join('\n'), problems[0]?.help);
  const tellsGithub = annotations && isOnGithub();
  return {
    wanted: files.length > 0 || tellsGithub,
    write: async (result, terminal) => {
      for (const { path, format } of files) {
        if (format) await writeReportFile(path, format, result, overwrite === true);
        terminal.message(`report written to ${path}`);
      }
      if (tellsGithub) await tellGithub(result, terminal);
    },
  };
}

interface Problem {
  readonly message: string;
  readonly help: string;
}

function checked(path: string, overwrite: boolean): { readonly format?: ReportFormat; readonly problem?: Problem } {
  const format = FORMAT_OF_EXTENSION.get(extname(path));
  const extensions = [...FORMAT_OF_EXTENSION.keys()].join(', ');
  if (!format)
    return {
      problem: { message: `${path}: its name does not say what kind of report`, help: `end it with ${extensions}` },
    };
  const problem = placeProblem(path, overwrite);
  return problem ? { problem } : { format };
}

/** Why a file cannot be written there. */
export function placeProblem(path: string, overwrite: boolean): Problem | undefined {
  if (!existsSync(path)) return undefined;
  if (statSync(path).isDirectory()) return { message: `${path} is a folder`, help: 'name a file' };
  return overwrite ? undefined : { message: `${path} is there already`, help: 'give `--overwrite` to replace it' };
}

/** Writes one report into a file, whole or not at all. */
export async function writeReportFile(
  path: string,
  format: ReportFormat,
  result: Result,
  overwrite: boolean,
): Promise<void> {
  // Loaded here, as most commands are called without any.
  const { writeReport } = await import('../reports/write-report.ts');
  const text = writeReport(format, result, { style: plainStyle, width: FILE_WIDTH, full: true, plots: true });
  await keepFile(path, text, { replace: overwrite });
}
