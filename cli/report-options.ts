import { Option } from 'commander';
import type { Command } from 'commander';
import { FORMAT_OF_EXTENSION } from '../reports/report-names.ts';

/** What commands that yield a result take, to have it written elsewhere besides. */
export interface ReportOptions {
  readonly report: readonly string[];
  readonly overwrite?: true;
  /** False when `--no-annotations` is given. */
  readonly annotations: boolean;
}

/** `--report`, `--overwrite` and `--no-annotations`. */
export function addReportOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--report <file>',
        `also write a report, of the kind its name ends with: ${[...FORMAT_OF_EXTENSION.keys()].join(' ')}; may be repeated`,
      )
        .argParser((path, all: readonly string[] | undefined) => [...(all ?? []), path])
        .default([], 'none'),
    )
    .option('--overwrite', 'replace reports that are there already')
    .option('--no-annotations', 'under GitHub Actions, neither annotations nor a job summary');
}
