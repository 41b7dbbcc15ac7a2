import { RUNS_DIR } from '../../harness/run-store.ts';
import { mergeRun } from '../../harness/store/merge-run.ts';
import { runsBelow } from '../../harness/store/runs-below.ts';
import type { StoredRun } from '../../harness/store/stored-runs.ts';
import { mergedDocument, RUNS_FORMAT_VERSION } from '../../reports/runs-document.ts';
import type { MergedRuns, UnreadableRun } from '../../reports/runs-document.ts';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-code.ts';
import { show } from '../show.ts';
import { readStored, tellUnreadable } from '../stored-runs.ts';
import { UsageError } from '../../api/usage-error.ts';

type Merged = { readonly run: string; readonly as: string };

/** `shop-plan runs merge <folders…>` */
export async function runsMergeCommand({ terminal, signal }: Context, folders: readonly string[]): Promise<ExitCode> {
  const found = await Promise.all(folders.map((folder) => runsBelow(folder)));
  const empty = folders.filter((_, index) => found[index]?.length === 0);
  if (empty.length > 0)
    throw new UsageError(
      empty.map((folder) => `there is no run in ${folder}`).join('\n'),
      'give a run, a folder of runs, or a folder with .shop-plan/runs in it; nothing was merged',
    );
  const merged: Merged[] = [];
  const skipped: Merged[] = [];
  const refused: UnreadableRun[] = [];
  for (const each of found.flat()) {
    if (signal.aborted) break;
    const result = await mergeOne(each);
    if ('problem' in result) refused.push(result);
    else (result.isNew ? merged : skipped).push({ run: each.run, as: result.as });
    terminal.progress(`${merged.length} merged, ${skipped.length} here already, ${refused.length} refused`);
  }
  const all: MergedRuns = { formatVersion: RUNS_FORMAT_VERSION, kind: 'merged-runs', merged, skipped, refused };
  await show(terminal, { data: () => all, document: () => mergedDocument(all) });
  return tellUnreadable(terminal, refused);
}

async function mergeOne(stored: StoredRun): Promise<{ as: string; isNew: boolean } | UnreadableRun> {
  const read = await readStored(stored);
  if ('problem' in read) return read;
  const result = await mergeRun(stored, RUNS_DIR);
  return 'problem' in result ? { run: stored.run, problem: result.problem, help: 'copy the run without it' } : result;
}
