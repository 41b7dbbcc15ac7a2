import { join } from 'node:path';
import { RUNS_DIR } from '../../harness/run-store.ts';
import { chooseToPrune } from '../../harness/store/choose-to-prune.ts';
import { removeRun } from '../../harness/store/remove-run.ts';
import { removeLeftBehind } from '../../harness/store/whole-folder.ts';
import { prunedDocument, RUNS_FORMAT_VERSION } from '../../reports/runs-document.ts';
import type { ListedRun, PrunedRuns } from '../../reports/runs-document.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-code.ts';
import { show } from '../show.ts';
import { listedRuns, tellUnreadable } from '../stored-runs.ts';
import { UsageError } from '../../api/usage-error.ts';

export interface RunsPruneOptions {
  readonly keep?: number;
  /** In s. */
  readonly olderThan?: number;
  /** In bytes. */
  readonly size?: number;
  readonly dryRun?: true;
}

/** `shop-plan runs prune` */
export async function runsPruneCommand(context: Context, options: RunsPruneOptions): Promise<ExitCode> {
  const { terminal } = context;
  const { keep, olderThan, size, dryRun = false } = options;
  if (keep === undefined && olderThan === undefined && size === undefined)
    throw new UsageError('nothing says which runs may go', 'add `--keep 20`, `--older-than 30d` or `--size 1GB`');
  const now_ms = Date.now();
  const { runs, unreadable } = await listedRuns(RUNS_DIR);
  const { gone, spared } = chooseToPrune(
    runs.map((run) => ({ ...run, when_ms: Date.parse(run.when), listed: run })),
    {
      ...(keep !== undefined && { keep }),
      ...(olderThan !== undefined && { since_ms: now_ms - olderThan * 1000 }),
      ...(size !== undefined && { size_bytes: size }),
    },
  );
  const chosen = gone.map(({ listed }) => listed);
  const removed = dryRun ? chosen : await remove(context, chosen);
  const names = new Set(removed.map(({ run }) => run));
  const left = runs.filter(({ run }) => !names.has(run));
  const size_bytes = left.reduce((sum, run) => sum + run.size_bytes, 0);
  const pruned: PrunedRuns = {
    formatVersion: RUNS_FORMAT_VERSION,
    kind: 'pruned-runs',
    dryRun,
    removed,
    spared: spared.map(({ listed }) => listed),
    left: { runs: left.length, size_bytes },
    unreadable,
  };
  await show(terminal, { data: () => pruned, document: () => prunedDocument(pruned, now_ms) });
  return tellUnreadable(terminal, unreadable);
}

/** One after the other, until an interrupt; returns those that are gone. */
async function remove({ terminal, signal }: Context, chosen: readonly ListedRun[]): Promise<ListedRun[]> {
  const removed: ListedRun[] = [];
  for (const each of chosen) {
    if (signal.aborted) break;
    await removeRun(join(RUNS_DIR, each.run));
    removed.push(each);
    terminal.progress(`removed ${removed.length} of ${chosen.length}`);
  }
  if (!signal.aborted) await removeLeftBehind(RUNS_DIR);
  return removed;
}
