import { Option } from 'commander';
import { FORMAT_OF_EXTENSION } from '../reports/report-names.ts';

/** What commands that yield a result take, to have it written elsewhere besides. */
export interface ReportOptions {
  readonly report: readonly string[];
  readonly overwrite?: true;
  /** False when `--no-annotations` is given. */
  readonly annotations: boolean;
}

export const reportOption = (): Option =>
  new Option(
    '--report <file>',
    `also a report, of the kind its name ends with (${[...FORMAT_OF_EXTENSION.keys()].join(' ')}); may be repeated`,
  )
    .argParser((path, all: readonly string[] | undefined) => [...(all ?? []), path])
    .default([], 'none');
export const overwriteOption = (): Option => new Option('--overwrite', 'replace what was written before');
export const annotationsOption = (): Option =>
  new Option('--no-annotations', 'under GitHub Actions, neither annotations nor a job summary');
