import { historyOf } from '../../model/comparison/history.ts';
import { incomparable } from '../../model/comparison/likeness.ts';
import { historyDocument } from '../../reports/history-document.ts';
import { COMPARISON_FORMAT_VERSION } from '../../reports/comparison-schema.ts';
import type { ComparisonFile } from '../../reports/comparison-schema.ts';
import { readableRuns } from '../compared-sides.ts';
import type { LoadedRun } from '../compared-sides.ts';
import type { Context } from '../context.ts';
import { EXIT } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { show } from '../show.ts';
import { UsageError } from '../../api/usage-error.ts';
import { assertKnown, metricsOf } from './compare.ts';

export interface CompareHistoryOptions {
  /** Name of the scenario. */
  readonly history: string;
  /** That of the newest run when absent. */
  readonly step?: number;
  readonly metric?: readonly string[];
  readonly magnitude: number;
  readonly seed: number;
}

/** `shop-plan compare --history <scenario>`: where the metrics of all kept runs took another level. It asks, and fails nothing. */
export async function compareHistoryCommand({ terminal }: Context, options: CompareHistoryOptions): Promise<ExitCode> {
  const metrics = metricsOf(options.metric);
  const { runs, unreadable } = await readableRuns();
  for (const problem of unreadable) terminal.message(`left out: ${problem}`);
  const own = runs.filter(
    ({ observation: { what } }) =>
      what.scenario === options.history && what.startedAt !== undefined && (options.step ?? what.step) === what.step,
  );
  const newest = own.toSorted((a, b) => startOf(a).localeCompare(startOf(b))).at(-1);
  if (!newest) throw noRuns(options, runs);
  const alike = own.filter((run) => isValid(run) && !incomparable(run.observation, newest.observation));
  if (alike.length < own.length)
    terminal.message(
      `left out: ${own.length - alike.length} runs that are invalid or of another step, scale or load than the newest`,
    );
  if (alike.length === 0)
    throw new UsageError(`the newest run of \`${options.history}\` is invalid, and no other is like it`);
  assertKnown(metrics, alike);
  const history = historyOf(alike, { ...options, ...(metrics && { metrics }) });
  const data = (): ComparisonFile => ({
    formatVersion: COMPARISON_FORMAT_VERSION,
    kind: 'history',
    history: { ...history, runs: [...history.runs], changes: [...history.changes] },
  });
  await show(terminal, { data, document: () => historyDocument(history) });
  return EXIT.ok;
}

function startOf({ observation }: LoadedRun): string {
  return observation.what.startedAt ?? '';
}

function isValid({ judgement }: LoadedRun): boolean {
  return judgement.validity.every(({ ok, severity }) => ok || severity !== 'invalid');
}

function noRuns({ history, step }: CompareHistoryOptions, runs: readonly LoadedRun[]): UsageError {
  const known = [...new Set(runs.map(({ observation }) => observation.what.scenario))].toSorted();
  const on = step === undefined ? '' : ` on step ${step}`;
  return new UsageError(
    `no live run of \`${history}\`${on} is kept`,
    known.length === 0 ? 'runs are kept by `shop-plan run`' : `scenarios with runs: ${known.join(', ')}`,
  );
}
