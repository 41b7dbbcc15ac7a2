import { cp, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from '../infra/local/error-code.ts';
import { decode } from '../model/observation/histogram.ts';
import type { Ledger } from '../model/claims/ledger.ts';
import type { Observation } from '../model/observation/observation.ts';
import type { Profile } from '../model/scenario/scenario.ts';
import { fileNameOf } from './store/file-name.ts';
import { readIdentity, writeIdentity } from './store/identity-file.ts';
import { keepFile } from './store/keep-file.ts';
import { keepingIn } from './store/keeping.ts';
import { readIfKept } from './store/read-kept.ts';
import { UnreadableFile } from './store/unreadable-file.ts';
import { makeWholeFolder } from './store/whole-folder.ts';

/** Where runs are kept, below the folder that the command is called in. */
export const RUNS_DIR = join('.shop-plan', 'runs');

/** What makes a folder a run. */
export const RESULT_FILE = 'result.json';

/** `identity` names what the run was made of, for `findRun`; `engine_dir` is what the engine has left, if anything. */
export interface KeepOptions {
  readonly root?: string;
  readonly identity?: string;
  readonly engine_dir?: string;
}

/**
 * Keeps a run as a folder of its own: `result.json`, and a percentile distribution (µs) of each request class and phase
 * under `histograms/` that HdrHistogram plotters read; what the engine has left is under `engine/`. The folder appears whole or not at all. Returns its path.
 * Throws a `RunError` when there is no room.
 */
export function keepRun(
  observation: Observation,
  resultJson: string,
  { root = RUNS_DIR, identity, engine_dir }: KeepOptions = {},
): Promise<string> {
  const histograms = histogramsOf(observation);
  const needed_bytes = [resultJson, ...histograms.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const fill = async (folder: string): Promise<void> => {
    await writeFile(join(folder, RESULT_FILE), resultJson);
    if (identity !== undefined) await writeIdentity(folder, identity);
    await mkdir(join(folder, 'histograms'));
    for (const [name, text] of histograms) await writeFile(join(folder, 'histograms', name), text);
    if (engine_dir !== undefined && (await readdir(engine_dir)).length > 0)
      await cp(engine_dir, join(folder, 'engine'), { recursive: true });
  };
  return keepingIn(root, needed_bytes, () => makeWholeFolder(root, nameOf(observation), fill));
}

/** Files by name. A point may be part of both names, so that two pairs of them can look the same; the second is then told by its hash. */
function histogramsOf({ classes, journeys = [] }: Observation): Map<string, string> {
  const files = new Map<string, string>();
  for (const { class: name, phase, response_us } of [...classes, ...journeys]) {
    const plain = fileNameOf(`${name}.${phase}`);
    const file = files.has(`${plain}.hgrm`) ? fileNameOf(`${name}/${phase}`) : plain;
    files.set(`${file}.hgrm`, decode(response_us).outputPercentileDistribution());
  }
  return files;
}

function nameOf({ what }: Observation): string {
  const when = (what.startedAt ?? 'simulated').replaceAll(/[-:]|\.\d+/g, '');
  return fileNameOf(`${when}-${what.scenario}-step-${what.step}`);
}

/** The newest run of an identity that was kept since a moment (ms since the epoch); its folder. */
export async function findRun(
  identity: string,
  since_ms: number,
  root: string = RUNS_DIR,
): Promise<string | undefined> {
  const found: { readonly path: string; readonly kept_ms: number }[] = [];
  for (const name of await foldersIn(root)) {
    const path = join(root, name);
    const known = await readIdentity(path);
    if (known === undefined || 'problem' in known) continue;
    if (known.identity === identity && known.kept_ms >= since_ms) found.push({ path, kept_ms: known.kept_ms });
  }
  return found.toSorted((a, b) => b.kept_ms - a.kept_ms)[0]?.path;
}

/** Names of what lies in the store; none before the first run. */
async function foldersIn(root: string): Promise<string[]> {
  try {
    return await readdir(root);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}

/** Where a run is; `run` is its folder or its name below the root. */
export function runFolder(run: string, root: string = RUNS_DIR): string {
  return run.includes('/') ? run : join(root, run);
}

/** Reads a kept run's `result.json`; `run` is its folder or its name below the root. Throws an `UnreadableFile` when it cannot. */
export async function readKeptRun(run: string, root: string = RUNS_DIR): Promise<string> {
  const path = join(runFolder(run, root), RESULT_FILE);
  const text = await readIfKept(path);
  if (text === null) throw new UnreadableFile(path, 'there is no such file', 'runs are listed by `shop-plan runs`');
  return text;
}

/**
 * Keeps a ledger beside the runs, `ledger-<plan>.json` or that of the short profile; returns its path. The file appears whole or not at all.
 * Throws a `RunError` when there is no room.
 */
export async function keepLedger(ledger: Ledger, profile: Profile, root: string = '.shop-plan'): Promise<string> {
  const path = join(root, `${fileNameOf(`ledger-${ledger.plan}${profile === 'full' ? '' : `-${profile}`}`)}.json`);
  await keepFile(path, `${JSON.stringify(ledger, null, 2)}\n`);
  return path;
}
