import { readIdentity } from '../harness/store/identity-file.ts';
import { readKeptRun } from '../harness/run-store.ts';
import { storedRuns } from '../harness/store/stored-runs.ts';
import type { StoredRun } from '../harness/store/stored-runs.ts';
import { UnreadableFile } from '../harness/store/unreadable-file.ts';
import { referredTo } from '../harness/store/references.ts';
import { readRunJson } from '../reports/run-json.ts';
import type { RunJson } from '../reports/run-json.ts';
import type { ListedRun, UnreadableRun } from '../reports/runs-document.ts';
import { withoutControls } from '../reports/without-controls.ts';
import type { ExitCode } from './exit-code.ts';
import { EXIT } from './exit-code.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from '../api/usage-error.ts';

/** All runs of a store, the newest first, and the folders in it that cannot be read as a run. */
export async function listedRuns(root: string): Promise<{ runs: ListedRun[]; unreadable: UnreadableRun[] }> {
  const stored = await storedRuns(root);
  const needed = await referredTo(
    root,
    stored.map(({ run }) => run),
  );
  const runs: ListedRun[] = [];
  const unreadable: UnreadableRun[] = [];
  // One after the other: only a line of each is kept.
  for (const each of stored) {
    const read = await readStored(each);
    if ('problem' in read) unreadable.push(read);
    else runs.push(listedRun(each, read, needed.get(each.run)));
  }
  return { runs: runs.toSorted((a, b) => (a.when < b.when ? 1 : -1)), unreadable };
}

export function listedRun(stored: StoredRun, { observation, judgement }: RunJson, neededBy?: string): ListedRun {
  const { startedAt, plan, step, scenario, scale } = observation.what;
  return {
    run: stored.run,
    when: timeOf(startedAt) ?? new Date(stored.changed_ms).toISOString(),
    plan,
    step,
    scenario,
    scale,
    outcome: judgement.outcome,
    size_bytes: stored.size_bytes,
    ...(neededBy !== undefined && { neededBy }),
  };
}

/** In one form, so that times can be compared as they are; undefined for none, and for one that is no time. */
function timeOf(text: string | undefined): string | undefined {
  const ms = Date.parse(text ?? '');
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}

/** A run of a store with all that shop-plan itself reads of it, or why it cannot be read: never both, and nothing is thrown for a damaged one. */
export async function readStored({ run, path }: StoredRun): Promise<RunJson | UnreadableRun> {
  try {
    const read = readRunJson(await readKeptRun(path));
    if ('problem' in read) return { run, problem: `result.json: ${read.problem}`, help: read.help };
    const identity = await readIdentity(path);
    if (identity !== undefined && 'problem' in identity)
      return { run, problem: identity.problem, help: 'remove the file: the run is whole without it' };
    return read;
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return { run, problem: `result.json: ${error.reason}`, help: 'it is no run; move it elsewhere' };
  }
}

/** Refuses to go on with runs kept since a moment (ms since the epoch) that are damaged. @throws UsageError that names all of them. */
export async function assertWhole(root: string, since_ms: number): Promise<void> {
  const problems: string[] = [];
  for (const each of await storedRuns(root)) {
    const identity = await readIdentity(each.path);
    // Not to be gone on with, whatever it is: kept without saying what it was made of, or too old.
    if (identity === undefined || ('kept_ms' in identity && identity.kept_ms < since_ms)) continue;
    const read = await readStored(each);
    if ('problem' in read) problems.push(`${each.path}/${read.problem}`);
  }
  if (problems.length > 0)
    throw new UsageError(problems.join('\n'), 'remove these folders, or leave out `--resume`; nothing was started');
}

/** Says which folders could not be read, all at once, after the result; what the command ends with then. */
export function tellUnreadable(terminal: Terminal, unreadable: readonly UnreadableRun[]): ExitCode {
  if (unreadable.length === 0) return EXIT.ok;
  // As JSON they are part of the result.
  if (!terminal.json)
    for (const { run, problem, help } of unreadable)
      terminal.err(`${terminal.errStyle.bad('error')}: ${withoutControls(run)}/${problem}\n  = help: ${help}\n`);
  return EXIT.usage;
}
