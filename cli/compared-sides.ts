import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readBaseline } from '../harness/comparison/baseline-store.ts';
import { RunError } from '../harness/run-error.ts';
import { RUNS_DIR, runFolder } from '../harness/run-store.ts';
import { readKept } from '../harness/store/read-kept.ts';
import { UnreadableFile } from '../harness/store/unreadable-file.ts';
import { hasCode } from '../infra/local/error-code.ts';
import type { JudgedRun, Side } from '../model/comparison/compare-runs.ts';
import { incomparable } from '../model/comparison/likeness.ts';
import { nearest } from '../model/document/nearest.ts';
import { readRunJson } from '../reports/run-json.ts';
import type { RunJsonProblem } from '../reports/run-json.ts';
import { UsageError } from '../api/usage-error.ts';

/** A run as it was kept. */
export interface LoadedRun extends JudgedRun {
  readonly run: string;
  /** Its folder. */
  readonly path: string;
}

export interface LoadedSide {
  readonly name: string;
  readonly runs: readonly LoadedRun[];
}

const BASELINE = 'baseline:';

/**
 * What a side of a comparison names: `baseline:NAME`, or runs with commas between them, each a folder, a name below `.shop-plan/runs`, or a
 * pattern of names with `*`.
 * @throws UsageError for what is not there or cannot be read.
 */
export async function loadSide(text: string): Promise<LoadedSide> {
  try {
    if (text.startsWith(BASELINE)) return await loadBaseline(text.slice(BASELINE.length));
    const names = text.split(',').map((each) => each.trim());
    const folders = (await Promise.all(names.filter((name) => name !== '').map(foldersOf))).flat();
    const runs = await loadRuns([...new Set(folders)].map((path) => ({ run: nameOf(path), path })));
    const [first, ...more] = runs;
    if (!first) throw new UsageError('a side without runs is none', 'name a run; `shop-plan runs` lists them');
    return { name: more.length === 0 ? first.run : text, runs };
  } catch (error) {
    // What is named and cannot be read is no fault of the machine.
    throw error instanceof RunError ? new UsageError(error.message, error.help) : error;
  }
}

/**
 * All runs of a baseline, for a check to compare its own with.
 * @throws RunError when there is none; UsageError for a run of it that cannot be read.
 */
export async function loadBaseline(name: string): Promise<LoadedSide> {
  return { name: `baseline ${name}`, runs: await loadRuns(await readBaseline(name)) };
}

/** All runs of the store that can be read, and what is wrong with the others. */
export async function readableRuns(): Promise<{ readonly runs: LoadedRun[]; readonly unreadable: string[] }> {
  const runs: LoadedRun[] = [];
  const unreadable: string[] = [];
  // One after the other, as each is large while it is read.
  for (const run of await namesInStore()) {
    try {
      runs.push(...(await loadRuns([{ run, path: join(RUNS_DIR, run) }])));
    } catch (error) {
      if (!(error instanceof UsageError || error instanceof RunError)) throw error;
      unreadable.push(error.message);
    }
  }
  return { runs, unreadable };
}

async function namesInStore(): Promise<string[]> {
  try {
    return (await readdir(RUNS_DIR)).filter((name) => !name.startsWith('.')).toSorted();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}

/** @throws UsageError that names every run that cannot be read. */
async function loadRuns(runs: readonly RunFolder[]): Promise<LoadedRun[]> {
  const read = await Promise.all(runs.map(loadRun));
  const problems = read.flatMap((each) => ('problem' in each ? [each] : []));
  if (problems.length > 0) throw new UsageError(problems.map(({ problem }) => problem).join('\n'), problems[0]?.help);
  return read.flatMap((each) => ('problem' in each ? [] : [each]));
}

interface RunFolder {
  readonly run: string;
  readonly path: string;
}

async function loadRun({ run, path }: RunFolder): Promise<LoadedRun | RunJsonProblem> {
  const file = join(path, 'result.json');
  try {
    const read = readRunJson(await readKept(file));
    if ('problem' in read) return { problem: `${file}: ${read.problem}`, help: read.help };
    const { observation, judgement, setting } = read;
    return { run, path, observation, judgement, ...(setting && { setting }) };
  } catch (error) {
    if (error instanceof UnreadableFile) return { problem: error.message, help: error.help };
    throw error;
  }
}

async function foldersOf(name: string): Promise<string[]> {
  if (!/[*?]/.test(name)) return [runFolder(name)];
  const known = await namesInStore();
  const pattern = new RegExp(
    `^${name
      .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  );
  const found = known.filter((each) => pattern.test(each));
  if (found.length > 0) return found.map((each) => join(RUNS_DIR, each));
  const near = nearest(name, known);
  throw new UsageError(
    `no run is called like \`${name}\``,
    near ? `did you mean \`${near}\`?` : '`shop-plan runs` lists them',
  );
}

function nameOf(path: string): string {
  return path.split('/').findLast((part) => part !== '') ?? path;
}

/** What two sides have of the same scenario on the same step. */
export interface SidePair {
  readonly before: Side;
  readonly after: Side;
}

/**
 * Pairs what is of the same plan, step and scenario. `before` may have more than `after`, as a baseline of several scenarios does.
 * @throws UsageError that names the field when runs are not comparable.
 */
export function pairSides(before: LoadedSide, after: LoadedSide): SidePair[] {
  const groups = Map.groupBy(before.runs, questionOf);
  return [...Map.groupBy(after.runs, questionOf)].map(([question, runs]) => {
    const others = groups.get(question) ?? before.runs;
    refuseOthers([...others, ...runs]);
    return { before: { name: before.name, runs: others }, after: { name: after.name, runs } };
  });
}

function questionOf({ observation }: LoadedRun): string {
  const { plan, step, scenario } = observation.what;
  return JSON.stringify([plan, step, scenario]);
}

function refuseOthers([first, ...others]: readonly LoadedRun[]): void {
  for (const other of first ? others : []) {
    const difference = first && incomparable(first.observation, other.observation);
    if (!difference || !first) continue;
    const { field, before, after } = difference;
    throw new UsageError(
      `\`${first.run}\` and \`${other.run}\` cannot be compared: ${field} is ${before} and ${after}`,
      'compare runs of the same scenario on the same step, at the same scale',
    );
  }
}
