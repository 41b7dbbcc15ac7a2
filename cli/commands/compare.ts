import { saveBaseline } from '../../harness/comparison/baseline-store.ts';
import { RunError } from '../../harness/run-error.ts';
import { compareRuns } from '../../model/comparison/compare-runs.ts';
import type { JudgedRun } from '../../model/comparison/compare-runs.ts';
import { parseComparedMetric } from '../../model/comparison/compared-metric.ts';
import type { ComparedMetric } from '../../model/comparison/compared-metric.ts';
import type { ComparedRuns } from '../../model/comparison/comparison.ts';
import { comparedOutcome } from '../../model/comparison/outcome.ts';
import type { ComparedOutcome } from '../../model/comparison/outcome.ts';
import { nearest } from '../../model/document/nearest.ts';
import { metricClasses } from '../../model/judge/metric.ts';
import { comparisonDocument } from '../../reports/comparison-document.ts';
import { COMPARISON_FORMAT_VERSION } from '../../reports/comparison-schema.ts';
import type { ComparisonFile } from '../../reports/comparison-schema.ts';
import { loadSide, pairSides } from '../compared-sides.ts';
import type { LoadedSide } from '../compared-sides.ts';
import type { Context } from '../context.ts';
import { EXIT } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { show } from '../show.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../../api/usage-error.ts';

export interface CompareOptions {
  /** The usual ones when absent. */
  readonly metric?: readonly string[];
  /** Part of the value before. */
  readonly magnitude: number;
  readonly saveBaseline?: string;
  readonly overwrite?: true;
}

/** `shop-plan compare <a> [b]`: two sets of runs, or one to keep as a baseline. */
export async function compareCommand(
  { terminal }: Context,
  a: string,
  b: string | undefined,
  options: CompareOptions,
): Promise<ExitCode> {
  const metrics = metricsOf(options.metric);
  const before = await loadSide(a);
  if (b === undefined) {
    if (options.saveBaseline === undefined) {
      throw new UsageError(`there is nothing to compare ${a} with`, 'name a second run, or `--save-baseline NAME`');
    }
    await keep(terminal, before, options);
    return EXIT.ok;
  }
  const after = await loadSide(b);
  assertKnown(metrics, [...before.runs, ...after.runs]);
  const compared = pairSides(before, after).map((pair) =>
    compareRuns(pair.before, pair.after, { magnitude: options.magnitude, ...(metrics && { metrics }) }),
  );
  const code = await showCompared(terminal, compared);
  if (options.saveBaseline !== undefined) await keep(terminal, after, options);
  return code;
}

/** Metrics as they were asked for; undefined for the usual ones. Throws a `UsageError` for the first that is none. */
export function metricsOf(texts: readonly string[] | undefined): readonly ComparedMetric[] | undefined {
  return texts?.map((text) => {
    const metric = parseComparedMetric(text);
    if ('message' in metric) throw new UsageError(`\`--metric ${text}\`: ${metric.message}`, metric.help);
    return metric;
  });
}

/** @throws UsageError for a request class or tier that no run has: a slip of the pen is not `no data`. */
export function assertKnown(metrics: readonly ComparedMetric[] | undefined, runs: readonly JudgedRun[]): void {
  const classes = new Set(runs.flatMap(({ observation }) => observation.classes.map((each) => each.class)));
  const tiers = new Set(runs.flatMap(({ observation }) => observation.tiers.map(({ tier }) => tier)));
  for (const { metric } of metrics ?? []) {
    for (const name of metricClasses(metric)) assertOneOf(name, classes, 'request class');
    if ('tier' in metric) assertOneOf(metric.tier, tiers, 'tier');
  }
}

function assertOneOf(name: string, known: ReadonlySet<string>, what: string): void {
  if (known.has(name)) return;
  const near = nearest(name, known);
  const help = near ? `did you mean \`${near}\`?` : `there are ${[...known].join(', ')}`;
  throw new UsageError(`\`--metric\`: no run has a ${what} \`${name}\``, help);
}

const CODES: Readonly<Record<ComparedOutcome, ExitCode>> = { worse: EXIT.failed, unsure: EXIT.invalid, fine: EXIT.ok };

/** Writes a comparison in the format that was asked for; what the command ends with. */
export async function showCompared(terminal: Terminal, compared: readonly ComparedRuns[]): Promise<ExitCode> {
  const outcome = comparedOutcome(compared);
  const data = (): ComparisonFile => ({
    formatVersion: COMPARISON_FORMAT_VERSION,
    kind: 'comparison',
    outcome,
    compared: [...compared],
  });
  await show(terminal, { data, document: () => comparisonDocument(compared) });
  return CODES[outcome];
}

async function keep(terminal: Terminal, { runs }: LoadedSide, options: CompareOptions): Promise<void> {
  const { saveBaseline: name = '', overwrite } = options;
  try {
    const folders = runs.map(({ path }) => path);
    const path = await saveBaseline(name, folders, { overwrite: overwrite === true });
    terminal.message(`${runs.length} ${runs.length === 1 ? 'run' : 'runs'} kept as baseline in ${path}`);
  } catch (error) {
    // A name that is taken is a matter of what was typed.
    throw error instanceof RunError && error.help.includes('--overwrite')
      ? new UsageError(error.message, error.help)
      : error;
  }
}
