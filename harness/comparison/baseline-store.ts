import { copyFile, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { hasCode } from '../../infra/local/error-code.ts';
import { RunError } from '../run-error.ts';
import { fileNameOf } from '../store/file-name.ts';
import { keepFile } from '../store/keep-file.ts';
import { keepingIn } from '../store/keeping.ts';
import { readKept } from '../store/read-kept.ts';
import { makeWholeFolder } from '../store/whole-folder.ts';

/** Where baselines are kept, below the folder that the command is called in. */
export const BASELINES_DIR = join('.shop-plan', 'baselines');

export const BASELINE_FORMAT_VERSION = 1;

const BASELINE_FILE = 'baseline.json';
const RESULT_FILE = 'result.json';

/** `runs` names the folder that has the runs: with it the whole set changes in one step. */
const BASELINE = z.object({
  formatVersion: z.literal(BASELINE_FORMAT_VERSION),
  kind: z.literal('baseline'),
  savedAt: z.iso.datetime(),
  runs: z.string(),
});

/** A run of a baseline: its name, and the folder with its `result.json`. */
export interface BaselineRun {
  readonly run: string;
  readonly path: string;
}

export interface SaveOptions {
  readonly root?: string;
  /** Take the place of a baseline of that name. */
  readonly overwrite?: boolean;
}

/**
 * Keeps copies of the results of runs under a name, so that later ones can be compared with them whatever becomes of the runs; returns the
 * folder. `folders` are those of the runs, at least one. The set appears, or takes the place of the one before, whole or not at all.
 * @throws RunError when there is one of that name and it may not be overwritten, when a run cannot be read, or when there is no room.
 */
export async function saveBaseline(
  name: string,
  folders: readonly string[],
  { root = BASELINES_DIR, overwrite = false }: SaveOptions = {},
): Promise<string> {
  const path = join(root, fileNameOf(name));
  const before = await baselineFile(path);
  if (before && !overwrite) {
    throw new RunError(`there is a baseline \`${name}\` already`, 'give it another name, or `--overwrite` it');
  }
  if (folders.length === 0) throw new RunError(`there are no runs to keep as baseline \`${name}\``);
  const fill = async (folder: string): Promise<void> => {
    for (const [index, from] of [...new Set(folders)].entries()) {
      await readKept(join(from, RESULT_FILE));
      const to = join(folder, runName(from, index));
      await mkdir(to);
      await copyFile(join(from, RESULT_FILE), join(to, RESULT_FILE));
    }
  };
  const runs = await keepingIn(path, 0, () => makeWholeFolder(path, 'runs', fill));
  const kept = { formatVersion: BASELINE_FORMAT_VERSION, kind: 'baseline', savedAt: new Date().toISOString() };
  await keepFile(join(path, BASELINE_FILE), `${JSON.stringify({ ...kept, runs: lastOf(runs) }, null, 2)}\n`);
  await removeOthers(path, lastOf(runs));
  return path;
}

/**
 * The runs of a baseline, by name.
 * @throws RunError when there is none of that name, or when its file is damaged or of a newer version.
 */
export async function readBaseline(name: string, root: string = BASELINES_DIR): Promise<readonly BaselineRun[]> {
  const path = join(root, fileNameOf(name));
  const file = await baselineFile(path);
  if (!file) {
    const known = await baselines(root);
    const help =
      known.length > 0
        ? `baselines: ${known.join(', ')}`
        : 'keep one with `shop-plan compare RUNS --save-baseline NAME`';
    throw new RunError(`there is no baseline \`${name}\``, help);
  }
  const folder = join(path, file.runs);
  const runs = await namesIn(folder);
  if (runs.length === 0) throw new RunError(`${folder} has no runs`, 'save the baseline again');
  return runs.map((run) => ({ run, path: join(folder, run) }));
}

/** Names of the baselines that there are. */
export async function baselines(root: string = BASELINES_DIR): Promise<readonly string[]> {
  const names = await namesIn(root);
  const files = await Promise.all(names.map(async (name) => ((await isBaseline(join(root, name))) ? [name] : [])));
  return files.flat();
}

async function isBaseline(path: string): Promise<boolean> {
  return (await namesIn(path)).includes(BASELINE_FILE);
}

/** Undefined when there is none. */
async function baselineFile(path: string): Promise<z.infer<typeof BASELINE> | undefined> {
  if (!(await isBaseline(path))) return undefined;
  const file = join(path, BASELINE_FILE);
  const text = await readKept(file);
  const newer = z.object({ kind: z.literal('baseline'), formatVersion: z.number().gt(BASELINE_FORMAT_VERSION) });
  const value = parse(text, file);
  if (newer.safeParse(value).success) {
    throw new RunError(`${file}: written by a newer shop-plan`, 'update shop-plan');
  }
  const read = BASELINE.safeParse(value);
  if (read.success && read.data.runs === fileNameOf(read.data.runs)) return read.data;
  const [first] = read.success ? [] : read.error.issues;
  const where = first
    ? `\`${first.path.map(String).join('.')}\`: ${first.message}`
    : '`runs`: it is no name of a folder';
  throw new RunError(`${file}: damaged at ${where}`, 'remove it, and save the baseline again');
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new RunError(`${file}: not JSON`, 'remove it, and save the baseline again', error);
  }
}

/** Runs of different stores may have one name. */
function runName(folder: string, index: number): string {
  return `${index + 1}-${fileNameOf(lastOf(folder))}`;
}

function lastOf(path: string): string {
  return path.split('/').findLast((part) => part !== '') ?? path;
}

/** Sets that were replaced, or never finished. */
async function removeOthers(path: string, current: string): Promise<void> {
  for (const name of await namesIn(path))
    if (name !== current && name !== BASELINE_FILE) await rm(join(path, name), { recursive: true, force: true });
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => !name.startsWith('.')).toSorted(inOrder);
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return [];
    throw error;
  }
}

/** `10-…` comes after `9-…`. */
function inOrder(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
